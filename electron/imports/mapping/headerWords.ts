import type { ImportField } from '../../contract/imports.ts';
import { fold } from '../../text/fold.ts';
import { phrasesOf } from '../cells/phrasesOf.ts';

/**
 * What columns are called, folded. `strong` names mean the field; `weak` ones may, when nothing better is there.
 * Names of several words count as a whole.
 */
const names: Readonly<Record<ImportField, { strong: string; weak: string }>> = {
  client: {
    strong: `
      client, customer, company, organisation, organization, account, lobbyist, interest
      representative, attendee, participant, counterparty, firm, business, kunde, kunden, mandant,
      mandanten, firma, unternehmen, organisation name, entreprise, societe, klant, bedrijf,
      organisatie, onderneming, empresa, cliente, organizacion, azienda, societa, organizzazione,
      kund, foretag, asiakas, yritys, klient, klijent`,
    weak: `
      contact, name, who, with, met with, party, partner, guest, entity, stakeholder, teilnehmer,
      ansprechpartner, nom, naam, nombre, nome, namn, nimi, relatie, contacto, contatto, kontakt`,
  },
  owner: {
    strong: `
      owner, mep, adviser, advisor, consultant, assigned, assigned to, assignee, responsible, account
      manager, handler, handled by, host, staff, employee, agent, politician, commissioner, minister,
      member name, official, berater, betreuer, zustandig, verantwortlich, verantwortlicher,
      mitarbeiter, sachbearbeiter, besitzer, abgeordneter, conseiller, responsable, proprietaire,
      depute, eigenaar, adviseur, medewerker, verantwoordelijke, behandelaar, propietario, asesor,
      diputado, consulente, responsabile, deputato, ansvarig, handlaggare, radgivare, omistaja,
      vastuuhenkilo`,
    weak: 'member, user, manager, person, by, created by, author, representative',
  },
  title: {
    strong: `
      title, subject, topic, summary, about, purpose, issue, betreff, titel, thema, anlass, zweck,
      sujet, objet, titre, theme, onderwerp, asunto, titulo, tema, oggetto, titolo, argomento, amne,
      rubrik, otsikko, aihe`,
    weak: 'meeting, event, name, agenda, matter, besprechung, reunion, vergadering',
  },
  details: {
    strong: `
      detail, note, description, comment, remark, dossier, body, content, memo, notiz, notizen,
      bemerkung, bemerkungen, anmerkung, anmerkungen, beschreibung, kommentar, inhalt, commentaire,
      remarque, contenu, opmerking, opmerkingen, omschrijving, beschrijving, toelichting, notitie,
      nota, descripcion, comentario, observacione, descrizione, commento, anteckning, beskrivning,
      kommentti, kuvaus`,
    weak: 'text, procedure, report, message',
  },
  start: {
    strong: `
      date, start, start date, start time, meeting date, when, day, datetime, begin, starts at, datum,
      termin, beginn, beginnt am, tag, date de debut, debut, jour, begindatum, dag, fecha, dia,
      inicio, data, giorno, inizio, startdatum, paivamaara, pvm, paiva`,
    weak: 'time, timestamp, held, held on, zeit, zeitpunkt, heure, tijd, hora, ora, tid',
  },
  type: {
    strong: `
      type, channel, medium, method, kind, meeting type, contact type, typ, art, kanal, kontaktart,
      canal, moyen, soort, kanaal, tipo, medio, canale, tyyppi`,
    weak: 'format, mode, way, location, ort, form, category',
  },
  status: {
    strong: 'status, state, stage, stand, zustand, statut, etat, estado, situacion, stato, tila',
    weak: 'phase, progress, outcome, result',
  },
  priority: {
    strong: `
      priority, prio, importance, urgency, prioritat, wichtigkeit, dringlichkeit, priorite,
      importance, urgence, prioriteit, prioridad, priorita, prioritet, prioriteetti`,
    weak: 'severity, rank, level',
  },
  tags: {
    strong: `
      tag, label, keyword, category, committee, country, group, department, region, sector, industry,
      theme, nationality, policy area, political group, schlagwort, schlagworte, stichwort,
      stichworte, kategorie, kategorien, land, ausschuss, gruppe, abteilung, branche, bereich, pays,
      categorie, commission, groupe, service, secteur, mot cle, trefwoord, trefwoorden, commissie,
      groep, afdeling, etiqueta, categoria, pais, comision, grupo, paese, commissione, gruppo,
      etichetta, settore, kategori, utskott, grupp, avdelning, maa, ryhma, valiokunta`,
    weak: `
      topic, topics, area, team, unit, party, portfolio, field, project, projekt, projet, project,
      product`,
  },
  durationMinutes: {
    strong: `
      duration, minute, length, duration minute, dauer, minuten, duree, duur, duracion, minuto,
      durata, minuti, langd, kesto`,
    weak: 'time spent, hour',
  },
  externalId: {
    strong: `
      id, uuid, guid, external id, meeting id, event id, record id, entry id, activity id, besuchs id,
      identifier, kennung, identifiant, identificador, identificativo, tunniste`,
    weak: 'uid',
  },
};

/** Words that make a column a key or a stamp of some program rather than the thing itself. */
const keys = new Set(
  phrasesOf(
    'id, nr, no, number, num, code, ref, reference, key, uuid, guid, url, link, email, phone, tel, fax, zip',
  ),
);
const stamps = new Set(
  phrasesOf(
    'created, updated, modified, changed, deleted, imported, exported, published, synced, birth, due, end, ended',
  ),
);

const singular = (word: string): string => (word.length > 3 ? word.replace(/s$/, '') : word);
const plain = (text: string): string => text.split(' ').map(singular).join(' ');

const lookUp = (list: string): ReadonlySet<string> => new Set(phrasesOf(list).map(plain));
const known = Object.entries(names).map(([field, { strong, weak }]) => ({
  field: field as ImportField,
  strong: lookUp(strong),
  weak: lookUp(weak),
}));

/**
 * How strongly the name of a column speaks for each field: 10 when it is the field's name, less when it only holds
 * it (`meeting_date`, `Name of client`), more for the last word than for others, 0 for fields it does not speak for.
 */
export function fieldsNamed(header: string): ReadonlyMap<ImportField, number> {
  const spaced = header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  const words = plain(
    fold(spaced)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  ).split(' ');
  const scores = new Map<ImportField, number>();
  const whole = words.join(' ');
  const misleading =
    words.some((word) => stamps.has(word)) || (words.length > 1 && words.some((word) => keys.has(word)));
  for (const { field, strong, weak } of known) {
    const score =
      Math.max(scoreIn(strong, whole, words, 10), scoreIn(weak, whole, words, 5)) - (misleading ? 6 : 0);
    if (score > 0) scores.set(field, score);
  }
  return scores;
}

function scoreIn(list: ReadonlySet<string>, whole: string, words: readonly string[], full: number): number {
  if (list.has(whole)) return full;
  if (list.has(words.at(-1) ?? '')) return full * 0.7;
  return words.some((word) => list.has(word)) ? full * 0.6 : 0;
}
