import { valueOrder } from '../types.ts';
import { fold } from '../words.ts';
import type { Office } from '../office.ts';
import type { MeetingFields, User } from '../types.ts';
import type { FileRow, ImportRules, Named, RowMeeting } from './rows.ts';

const wordOfType: Record<MeetingFields['type'], string> = {
  ...{ email: 'E-mail', sms: 'Text message', call: 'Call', visit: 'Visit', video: 'Video call' },
  letter: 'Letter',
};

/** Reads the rows of one file, one after the other. */
export class RowReader {
  readonly #office: Office;
  readonly #user: User;
  readonly #rules: ImportRules;
  /** First spellings, by what is the same name. */
  readonly #clients = new Map<string, string>();
  readonly #owners = new Map<string, string>();
  readonly #lineOfId = new Map<string, number>();

  constructor(office: Office, user: User, rules: ImportRules) {
    this.#office = office;
    this.#user = user;
    this.#rules = rules;
  }

  /** @returns a meeting for each client of the row, or why it is refused */
  read(row: FileRow): RowMeeting[] | string {
    if (row.clients.length === 0) return 'The row names no client.';
    const { status: byDefault, type, priority, ownerId } = this.#rules.defaults;
    const status = row.status === '' ? byDefault : valueOrder.status.find((one) => one === row.status);
    if (!status) return `The status "${row.status}" is not known.`;
    const { start } = row;
    if (!start) return 'The row has no date.';
    const ids = row.clients.map((_, at) =>
      row.externalId === '' || at === 0 ? row.externalId : `${row.externalId}/${String(at + 1)}`,
    );
    const repeated = ids.find((id) => this.#lineOfId.has(id));
    if (repeated !== undefined)
      return `The id "${repeated}" stands in line ${String(this.#lineOfId.get(repeated))} already.`;
    for (const id of ids) if (id !== '') this.#lineOfId.set(id, row.line);
    const owner = row.owner === '' ? { id: ownerId ?? this.#user.id } : this.#owner(row.owner);
    return row.clients.map((name, at) => ({
      ...{ line: row.line, type, priority, status, start },
      ...{ details: row.details, tags: row.tags, durationMinutes: row.durationMinutes },
      title: row.title || (row.details.split('\n')[0] as string) || wordOfType[type],
      ...this.#client(name),
      owner,
      ownerName: 'id' in owner ? this.#office.ownerName(owner.id) : owner.fresh,
      externalId: ids[at] as string,
      tells: { owner: row.owner !== '', title: row.title !== '', status: row.status !== '' },
    }));
  }

  /** The oldest client of that name whom the user sees. */
  #client(name: string): Pick<RowMeeting, 'client' | 'clientName'> {
    const clientName = spelledFirst(this.#clients, name);
    const known = this.#office
      .visibleClients(this.#user)
      .filter((client) => fold(client.name) === fold(name))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    return { client: known[0] ? { id: known[0].id } : { fresh: clientName }, clientName };
  }

  /** Everybody may own a meeting, whoever imports it. */
  #owner(name: string): Named {
    const spelled = spelledFirst(this.#owners, name);
    const known = [...this.#office.users.values()].filter((user) => fold(user.displayName) === fold(name));
    const meant = known.find(({ active }) => active) ?? known[0];
    if (meant) return { id: meant.id };
    if (this.#rules.unknownOwners === 'new') return { fresh: spelled };
    return { id: this.#rules.defaults.ownerId ?? this.#user.id };
  }
}

function spelledFirst(spellings: Map<string, string>, name: string): string {
  const first = spellings.get(fold(name)) ?? name;
  spellings.set(fold(name), first);
  return first;
}
