/** The oracle's own words for an office. It shares nothing with the program, so that a slip there cannot hide here. */

export const valueOrder = {
  type: ['email', 'sms', 'call', 'visit', 'video', 'letter'],
  status: ['open', 'planned', 'closed', 'waiting', 'cancelled'],
  priority: ['low', 'normal', 'high', 'urgent'],
  clientKind: ['company', 'person'],
} as const;
export type ShortField = keyof typeof valueOrder;
export const wideFields = ['owner', 'tag', 'client', 'clientCity', 'clientOwner'] as const;
export type WideField = (typeof wideFields)[number];
export type FacetField = ShortField | WideField;

export type Start = { at: string; zone: string } | { date: string };

export interface Stamps {
  version: number;
  createdAt: string;
  createdBy: string;
  changedAt: string;
  changedBy: string;
}

export interface MeetingFields {
  clientId: string;
  ownerId: string;
  title: string;
  details: string;
  type: (typeof valueOrder.type)[number];
  status: (typeof valueOrder.status)[number];
  priority: (typeof valueOrder.priority)[number];
  tags: string[];
  start: Start;
  durationMinutes: number | null;
}

export interface ClientFields {
  name: string;
  kind: 'company' | 'person';
  city: string;
  /** Who looks after it. */
  ownerId: string | null;
  notes: string;
}

export interface UserFields {
  userName: string;
  displayName: string;
  role: 'administrator' | 'manager' | 'adviser' | 'assistant' | 'readOnly';
  seesAllClients: boolean;
  active: boolean;
}

/** Records are replaced, never changed in place: the journal and caches may hold on to them. */
export interface Meeting extends MeetingFields, Stamps {
  id: string;
  deleted: boolean;
  /** What another program calls it, and the how many-th id of the office that was. */
  externalId?: { id: string; filed: number } | undefined;
}
export interface Client extends ClientFields, Stamps {
  id: string;
  deleted: boolean;
}
export interface User extends UserFields {
  id: string;
  version: number;
}

export const dayFields = ['start', 'created', 'changed'] as const;
export type DayField = (typeof dayFields)[number];
export type Condition =
  | { field: Exclude<FacetField, 'tag'>; op: 'anyOf' | 'noneOf'; values: string[] }
  | { field: 'tag'; op: 'anyOf' | 'noneOf' | 'allOf'; values: string[] }
  | { field: DayField; op: 'between'; values: [from: string | null, to: string | null] }
  | { field: 'duration'; op: 'between'; values: [from: number | null, to: number | null] }
  | { field: 'text'; op: 'matches'; values: [string] };
export type Where = Condition | { all: Where[] } | { any: Where[] } | { none: Where[] };

export const sortFields = [
  'start',
  'title',
  'client',
  'owner',
  'type',
  'status',
  'priority',
  'duration',
  'created',
  'changed',
  'relevance',
] as const;
export type SortField = (typeof sortFields)[number];
export interface SortKey {
  by: SortField;
  direction: 'ascending' | 'descending';
}

/** Which meetings: everything of a question but its order and page. */
export interface Selection {
  where?: Where;
  text?: string;
}
export interface Query extends Selection {
  sort?: SortKey[];
  offset?: number;
  limit?: number;
  facets?: FacetField[];
}
export interface FacetQuery extends Selection {
  facet: WideField;
  search: string;
  limit: number;
}
export interface ClientQuery {
  search: string;
  offset: number;
  limit: number;
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

export type Refusal = 'NOT_FOUND' | 'NOT_ALLOWED' | 'CONFLICT' | 'DUPLICATE' | 'SIGNED_OUT';

/** What the oracle throws where the program is to answer a failure. */
export class Refused extends Error {
  readonly code: Refusal;

  constructor(code: Refusal) {
    super(code);
    this.code = code;
  }
}
