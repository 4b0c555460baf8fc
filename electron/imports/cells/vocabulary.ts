import type { meetingPriorities, meetingStatuses, meetingTypes } from '../../contract/meetings.ts';
import { fold } from '../../text/fold.ts';
import { phrasesOf } from './phrasesOf.ts';

/** How offices elsewhere call what Daybook has a word for; folded, so without accents and capitals. */
const types: Record<(typeof meetingTypes)[number], string> = {
  email: `
    email, e-mail, e mail, mail, courriel, mel, correo, correo electronico, posta elettronica, epost,
    e-post`,
  sms: 'sms, text, text message, whatsapp, chat, signal, message',
  call: `
    call, phone, phone call, telephone, telephone call, tel, anruf, telefon, telefonat, telefongesprach,
    appel, appel telephonique, telefoongesprek, telefonisch, llamada, chiamata, telefonata,
    telefonsamtal, puhelu`,
  visit: `
    visit, meeting, in person, face to face, appointment, personal, physical, besuch, treffen, termin,
    besprechung, reunion, rencontre, visite, rendez-vous, rdv, bezoek, vergadering, afspraak, gesprek,
    reunion presencial, visita, cita, riunione, incontro, mote, besok, tapaaminen, kokous`,
  video: `
    video, video call, videocall, video conference, videoconference, video meeting, web meeting,
    webmeeting, online, online meeting, virtual, remote, teams, zoom, webex, skype, videokonferenz,
    visioconference, visio, videovergadering, videoconferencia, videoconferenza, videomote, webinar`,
  letter: `
    letter, post, postal, mail letter, fax, brief, schreiben, lettre, courrier, carta, lettera, brev,
    kirje`,
};
const statuses: Record<(typeof meetingStatuses)[number], string> = {
  open: `
    open, new, active, in progress, ongoing, started, offen, neu, laufend, in bearbeitung, ouvert,
    nouveau, en cours, lopend, nieuw, abierto, abierta, en curso, aperto, aperta, in corso, oppen,
    pagaende, avoin`,
  planned: `
    planned, scheduled, upcoming, future, booked, confirmed, geplant, vorgesehen, prevu, prevue,
    planifie, planifiee, gepland, planificado, planificada, previsto, prevista, planerad, suunniteltu`,
  closed: `
    closed, close, done, complete, completed, finished, held, past, resolved, erledigt, abgeschlossen,
    geschlossen, beendet, termine, terminee, clos, cloture, ferme, fermee, afgerond, gesloten,
    afgesloten, cerrado, cerrada, terminado, terminada, chiuso, chiusa, concluso, conclusa, stangd,
    klar, avslutad, suljettu, valmis`,
  waiting: `
    waiting, pending, on hold, hold, deferred, wartend, warten, ausstehend, zuruckgestellt, en attente,
    attente, wachtend, in afwachting, pendiente, en espera, in attesa, sospeso, vantar, vantande,
    odottaa`,
  cancelled: `
    cancelled, canceled, called off, declined, rejected, abgesagt, storniert, ausgefallen, annule,
    annulee, geannuleerd, afgelast, cancelado, cancelada, anulado, annullato, annullata, installd,
    avbokad, peruttu`,
};
const priorities: Record<(typeof meetingPriorities)[number], string> = {
  low: 'low, minor, niedrig, gering, tief, bas, basse, faible, laag, baja, bajo, bassa, basso, lag, matala',
  normal: `
    normal, medium, moderate, standard, regular, mittel, normale, moyen, moyenne, gemiddeld, normaal,
    media, medio, mellan, tavallinen`,
  high: `
    high, major, important, hoch, wichtig, haut, haute, eleve, elevee, hoog, belangrijk, alta, alto,
    importante, hog, viktig, korkea`,
  urgent: `
    urgent, critical, very high, highest, immediate, dringend, eilig, sehr hoch, kritisch, urgente, tres
    haute, critique, spoed, zeer hoog, critico, bradskande, akut, kiireellinen`,
};

const lookUp = <W extends string>(entries: Record<W, string>): ReadonlyMap<string, W> =>
  new Map(
    Object.entries<string>(entries).flatMap(([word, synonyms]) =>
      phrasesOf(synonyms).map((synonym) => [synonym, word as W] as const),
    ),
  );

const known = { type: lookUp(types), status: lookUp(statuses), priority: lookUp(priorities) };

export type ChoiceField = keyof typeof known;
export type ChoiceOf<F extends ChoiceField> =
  (typeof known)[F] extends ReadonlyMap<string, infer W> ? W : never;

/** Daybook's word for what a cell says (`Télephone` means `call`), or null when it is not known. */
export const choiceOf = <F extends ChoiceField>(field: F, cell: string): ChoiceOf<F> | null =>
  (known[field].get(
    fold(cell)
      .trim()
      .replace(/[\s_]+/g, ' '),
  ) as ChoiceOf<F> | undefined) ?? null;
