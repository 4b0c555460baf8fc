import { describe, expect, it } from 'vitest';
import { guessDateOrder } from '../../electron/imports/mapping/guessDateOrder.ts';
import { guessMapping } from '../../electron/imports/mapping/guessMapping.ts';

/** What a person would see: each column's name with the field it was given. */
function guess(
  table: string,
  today = '2026-11-21',
): { columns: Record<string, string>; dateOrder: string; status: string } {
  const [header = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const mapping = guessMapping(header, rows, today);
  const columns: Record<string, string> = {};
  header.forEach((name, index) => {
    const field = mapping.columns[index];
    if (field) columns[name] = field;
  });
  return { columns, dateOrder: mapping.dateOrder, status: mapping.defaults.status };
}

describe('the guessed mapping of a register', () => {
  it('of members of parliament and whom they met', () => {
    const table = `
epid | mep | country | group | dossier | title | lobbyists | committees | location | role | date
38595 | Rovana PLUMB | Romania | S&D | [''] | Just transition mechanism | ALRO SA | ['REGI'] | European Parliament | Member | 18/02/2020
38595 | Rovana PLUMB | Romania | S&D | [''] | Gas transport, storage and LNG | Gas Infrastructure Europe | ['ENVI'] | Brussels | Member | 12/02/2020
125106 | Johan VAN OVERTVELDT | Belgium | ECR | ['CRR'] | CRR Quick Fix | European Banking Federation | ['ECON'] | Webmeeting | Rapporteur | 25/05/2020
125106 | Johan VAN OVERTVELDT | Belgium | ECR | | Landbouwbeleid 2020 | Natuurpunt | | Webmeeting | Member | 04/05/2020`;
    expect(guess(table)).toEqual({
      columns: {
        mep: 'owner',
        country: 'tags',
        group: 'tags',
        dossier: 'details',
        title: 'title',
        lobbyists: 'client',
        committees: 'tags',
        date: 'start',
      },
      dateOrder: 'dmy',
      status: 'closed',
    });
  });

  it('with other names, another order and stamps of the program that wrote it', () => {
    const table = `
created_at | member_id | meeting_date | attendees | title | member_name | member_capacity | procedure_reference | updated_at
2024-02-01T10:00:00 | 197490 | 2024-01-31 | Google | Digital Networks Act | Axel VOSS | Member | | 2024-02-02T10:00:00
2024-02-01T11:00:00 | 197491 | 2024-01-30 | BEUC | Exchange of views | Anna CAVAZZINI | Shadow rapporteur | 2022/0140(COD) | 2024-02-02T10:00:00`;
    const { columns, dateOrder } = guess(table);
    expect(columns).toMatchObject({
      meeting_date: 'start',
      attendees: 'client',
      title: 'title',
      member_name: 'owner',
    });
    expect(Object.keys(columns)).not.toContain('created_at');
    expect(dateOrder).toBe('iso');
  });

  it('of a German office', () => {
    const table = `
Nr. | Kunde | Betreff | Termin | Kontaktart | Stand | Priorität | Betreuer | Dauer (Minuten) | Bemerkungen | Schlagworte
1 | Müller GmbH | Jahresabschluss | 21.11.2026 09:30 | Telefon | erledigt | hoch | Jonas Weiß | 30 | Rückruf vereinbart | Steuer; Bilanz
2 | Bäckerei Schulz | Lohnabrechnung | 03.12.2026 | Besuch | geplant | normal | Eva Ott | 60 | | Lohn
3 | Ute Kranz | Erbschaft | 05.01.2027 | E-Mail | offen | niedrig | Eva Ott | | Unterlagen fehlen | `;
    expect(guess(table)).toEqual({
      columns: {
        Kunde: 'client',
        Betreff: 'title',
        Termin: 'start',
        Kontaktart: 'type',
        Stand: 'status',
        Priorität: 'priority',
        Betreuer: 'owner',
        'Dauer (Minuten)': 'durationMinutes',
        Bemerkungen: 'details',
        Schlagworte: 'tags',
      },
      dateOrder: 'dmy',
      status: 'planned',
    });
  });

  it('of a French office, with capitals and full names of columns', () => {
    const table = `
DATE DU RENDEZ-VOUS | SOCIÉTÉ | OBJET DE LA RÉUNION | RESPONSABLE | STATUT | COMMENTAIRES
14/03/2026 | Durand SA | Bilan annuel | Marie Lopez | terminé | À rappeler
15/03/2026 | Blanc SCOP | Contrat de bail | Luc Petit | annulé | `;
    expect(guess(table).columns).toEqual({
      'DATE DU RENDEZ-VOUS': 'start',
      SOCIÉTÉ: 'client',
      'OBJET DE LA RÉUNION': 'title',
      RESPONSABLE: 'owner',
      STATUT: 'status',
      COMMENTAIRES: 'details',
    });
  });

  it('of another CRM, with American dates', () => {
    const table = `
Id | AccountName | OwnerName | Subject | ActivityDate | Type | Status | Priority | Description | CreatedDate | IsDeleted
00T1 | Acme Corp | Jane Doe | Call about renewal | 11/21/2025 | Call | Completed | Normal | Will call back | 11/01/2025 | false
00T2 | Globex | John Roe | Send quote | 12/02/2025 | Email | Completed | High | | 11/02/2025 | false`;
    expect(guess(table)).toEqual({
      columns: {
        Id: 'externalId',
        AccountName: 'client',
        OwnerName: 'owner',
        Subject: 'title',
        ActivityDate: 'start',
        Type: 'type',
        Status: 'status',
        Priority: 'priority',
        Description: 'details',
      },
      dateOrder: 'mdy',
      status: 'closed',
    });
  });

  it('of a calendar', () => {
    const table = `
Subject | Start Date | End Date | Required Attendees | Categories | Description | Location | Meeting Organizer
Lunch | 21/11/2026 | 21/11/2026 | Acme | Sales;VIP | Bring the offer | Gent | anna@office.example
Board | 22/11/2026 | 22/11/2026 | Globex | Legal | | Leuven | anna@office.example`;
    expect(guess(table).columns).toMatchObject({
      Subject: 'title',
      'Start Date': 'start',
      'Required Attendees': 'client',
      Categories: 'tags',
      Description: 'details',
    });
  });

  it('without names of columns, from what stands in them', () => {
    const table = `
Column 1 | Column 2 | Column 3 | Column 4
17 | Acme | We went through the annual accounts | 21/11/2026
18 | Globex | Called about the overdue invoice of May | 22/11/2026
19 | Acme | Second visit about the annual accounts | 23/11/2026`;
    expect(guess(table).columns).toEqual({ 'Column 2': 'client', 'Column 3': 'title', 'Column 4': 'start' });
  });
});

describe('names of columns are not believed against their values', () => {
  it('a type whose words are not known becomes tags, so that no row is refused for it', () => {
    const { columns } = guess(`
client | date | type | category
Acme | 21/11/2026 | Committee hearing | A
Bolt | 22/11/2026 | Plenary | B`);
    expect(columns['type']).not.toBe('type');
    expect(columns['category']).not.toBe('type');
  });

  it('a date without dates, and minutes that are a text, are left out', () => {
    const { columns } = guess(`
client | date | minutes | held on
Acme | soon | We talked about the weather | 2026-11-21
Bolt | later | Nothing was decided | 2026-11-22`);
    expect(columns).toMatchObject({ client: 'client', 'held on': 'start' });
    expect(columns['date']).not.toBe('start');
    expect(columns['minutes']).not.toBe('durationMinutes');
  });

  it('every field but tags and details takes one column', () => {
    const { columns } = guess(`
client | customer | date | start | owner | adviser | tags | keywords | notes | comments
Acme | Acme | 21/11/2026 | 21/11/2026 | Eva | Eva | VIP | gold | long note | other note`);
    const fields = Object.values(columns);
    for (const field of ['client', 'start', 'owner'])
      expect(fields.filter((each) => each === field)).toHaveLength(1);
    expect(fields.filter((each) => each === 'tags')).toHaveLength(2);
    expect(fields.filter((each) => each === 'details')).toHaveLength(2);
  });
});

describe('the order of dates', () => {
  const order = (...dates: string[]): string =>
    guess(['client | date', ...dates.map((date) => `Acme | ${date}`)].join('\n')).dateOrder;

  it('is told by a number above twelve', () => {
    expect(order('03/04/2026', '05/06/2026', '25/06/2026')).toBe('dmy');
    expect(order('03/04/2026', '05/06/2026', '06/25/2026')).toBe('mdy');
  });

  it('is day first where the file leaves it open', () => {
    expect(order('03/04/2026', '05/06/2026')).toBe('dmy');
  });

  it('is no matter where the year comes first', () => {
    expect(order('2026-04-03')).toBe('iso');
    expect(order('2026/04/03')).toBe('ymd');
  });

  it('is told by most rows when a few are wrong', () => {
    expect(order(...Array<string>(20).fill('25/06/2026'), '06/25/2026')).toBe('dmy');
  });

  it.each([
    [['03/04/2026', '05/06/2026'], '03/04/2026', '2026-04-03', '2026-03-04'],
    [['03/03/2026', '1/2/26 09:30'], '1/2/26 09:30', '2026-02-01', '2026-01-02'],
    [['03/03/2026'], '03/03/2026', '2026-03-03', '2026-03-03'],
    [['03/04/2026 23:30 +0200'], '03/04/2026 23:30 +0200', '2026-04-03', '2026-03-04'],
    [['25/06/2026', '06/25/2026', '01/02/2026'], '01/02/2026', '2026-02-01', '2026-01-02'],
  ])('is said to be open by %j, with both readings of a value', (dates, sample, dmy, mdy) => {
    expect(guessDateOrder(dates)).toEqual({ order: 'dmy', open: { sample, dmy, mdy } });
  });

  it.each([
    [['03/04/2026', '13/04/2026'], 'dmy'],
    [['03/04/2026', '04/13/2026'], 'mdy'],
    [['03.04.2026', '1.2.26 09:30'], 'dmy'],
    [['03-04-2026'], 'dmy'],
    [['04.13.2026'], 'mdy'],
    [['2026-04-03', '2026-05-06'], 'iso'],
    [['2026/04/03'], 'ymd'],
    [['soon', ''], 'iso'],
  ])('is not open by %j', (dates, order) => {
    expect(guessDateOrder(dates)).toEqual({ order, open: null });
  });
});
