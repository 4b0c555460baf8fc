import { select } from '../oracle/filter.ts';
import { sortFields, valueOrder, wideFields } from '../oracle/types.ts';
import { partsOf, randomText } from './randomText.ts';
import { randomWhere } from './randomWhere.ts';
import type { Team } from './buildOffice.ts';
import type { Office } from '../oracle/office.ts';
import type {
  ClientQuery,
  FacetField,
  FacetQuery,
  Query,
  Selection,
  SortKey,
  User,
} from '../oracle/types.ts';
import type { Random } from '../random.ts';

const facetFields: readonly FacetField[] = [...(Object.keys(valueOrder) as FacetField[]), ...wideFields];

export function randomAsker(random: Random, team: Team): string {
  return random.weighted([
    [25, team.administrator],
    [15, team.manager],
    [27, team.fifth],
    [17, team.fiftieth],
    [14, team.oneClient],
    [2, team.noClient],
  ] as const);
}

/** A question about meetings, mostly one that at least one meeting answers. */
export function randomQuery(random: Random, office: Office, user: User): Query {
  const query: Query = randomSelection(random, office, user);
  if (random.chance(0.9)) query.sort = randomSort(random, query.text !== undefined);
  if (random.chance(0.3)) query.offset = randomOffset(random, office, user, query);
  if (random.chance(0.9)) query.limit = random.pick([0, 1, 2, 7, 7, 20, 20, 50, 50, 100, 100, 100]);
  if (random.chance(0.6)) query.facets = random.some(facetFields, random.between(1, 9));
  return query;
}

export function randomFacetQuery(random: Random, office: Office, user: User): FacetQuery {
  const facet = random.pick(wideFields);
  const labels = {
    owner: [...office.users.values()].map(({ displayName }) => displayName),
    tag: office.visibleMeetings(user).flatMap((meeting) => meeting.tags),
    client: office.visibleClients(user).map(({ name }) => name),
    clientCity: office.visibleClients(user).map(({ city }) => city),
    clientOwner: [...office.users.values()].map(({ displayName }) => displayName),
  };
  const search = random.chance(0.2)
    ? ''
    : partsOf(random, labels[facet].length > 0 ? random.pick(labels[facet]) : 'x');
  return { ...randomSelection(random, office, user), facet, search, limit: random.pick([1, 3, 20, 100]) };
}

export function randomClientQuery(random: Random, office: Office, user: User): ClientQuery {
  const seen = office.visibleClients(user);
  const search = random.chance(0.3) || seen.length === 0 ? '' : partsOf(random, random.pick(seen).name);
  const offset = random.chance(0.6) ? 0 : random.between(0, seen.length + 2);
  return { search, offset, limit: random.pick([0, 1, 5, 20, 100]) };
}

function randomSelection(random: Random, office: Office, user: User): Selection {
  const seen = office.visibleMeetings(user);
  const anchor = seen.length > 0 && random.chance(0.85) ? random.pick(seen) : null;
  const selection: Selection = {};
  if (random.chance(0.85)) selection.where = randomWhere(random, office, user, anchor);
  if (random.chance(0.4)) selection.text = randomText(random, office, anchor);
  return selection;
}

/** @param hasText whether it is worth asking for the most relevant first */
export function randomSort(random: Random, hasText = false): SortKey[] {
  const count = random.weighted([
    [6, 1],
    [2, 2],
    [2, 3],
  ] as const);
  const others = random.some(sortFields, count);
  const fields =
    hasText && random.chance(0.4)
      ? ['relevance' as const, ...others.filter((by) => by !== 'relevance').slice(0, 2)]
      : others;
  return fields.map((by) => ({ by, direction: random.pick(['ascending', 'descending'] as const) }));
}

/** Half-way deep, at the very end, just past it, far past it. */
function randomOffset(random: Random, office: Office, user: User, selection: Selection): number {
  let total = 0;
  try {
    total = select(office, user, selection).length;
  } catch {
    // Refused selections have no rows; the answer is judged elsewhere.
  }
  const deep = random.between(0, Math.max(0, total - 1));
  return random.weighted([
    [8, deep],
    [2, Math.max(0, total - 1)],
    [1, total],
    [1, total + 1],
    [0.5, 99_999_999],
  ] as const);
}
