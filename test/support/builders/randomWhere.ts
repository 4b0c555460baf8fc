import { fieldValues, holds } from '../oracle/filter.ts';
import { valueOrder, wideFields } from '../oracle/types.ts';
import { nobody } from './randomFields.ts';
import { dayRange, durationRange } from './randomRange.ts';
import { randomText } from './randomText.ts';
import { cities, tags } from './vocabulary.ts';
import type { Office } from '../oracle/office.ts';
import type { Condition, FacetField, Meeting, User, Where } from '../oracle/types.ts';
import type { Random } from '../random.ts';

interface Maker {
  random: Random;
  office: Office;
  /** Ids of clients and owners to ask for. */
  clientIds: string[];
  ownerIds: string[];
  /** A meeting for which the tree is to hold, or null when any tree will do. */
  anchor: Meeting | null;
}

/** A filter tree up to four levels deep. One in fifty names a client or owner that is not there for the user. */
export function randomWhere(random: Random, office: Office, user: User, anchor: Meeting | null): Where {
  const clientIds = office.visibleClients(user).map(({ id }) => id);
  const ownerIds = [...office.users.keys()];
  if (random.chance(0.02)) clientIds.splice(0, clientIds.length, ...office.clients.keys(), nobody);
  if (random.chance(0.01)) ownerIds.splice(0, ownerIds.length, nobody);
  return tree({ random, office, clientIds, ownerIds, anchor }, random.between(1, 4), true);
}

/** @param wanted whether the tree should hold for the anchor */
function tree(maker: Maker, depth: number, wanted: boolean): Where {
  const { random, office, anchor } = maker;
  if (depth <= 1 || random.chance(0.25)) return condition(maker, wanted);
  const group = random.pick(['all', 'all', 'any', 'none'] as const);
  for (let tries = 8; tries > 0; tries -= 1) {
    const children = Array.from(
      {
        length: random.weighted([
          [1, 0],
          [3, 1],
          [5, 2],
          [3, 3],
        ] as const),
      },
      () => tree(maker, depth - 1, (group === 'all') === wanted || (group === 'any' && random.chance(0.5))),
    );
    const made = { [group]: children } as Where;
    if (!anchor || holds(office, anchor, made) === wanted) return made;
  }
  return condition(maker, wanted);
}

function condition(maker: Maker, wanted: boolean): Condition {
  let made = anyCondition(maker);
  for (let tries = 12; maker.anchor && tries > 0; tries -= 1) {
    if (holds(maker.office, maker.anchor, made) === wanted) break;
    made = anyCondition(maker);
  }
  return made;
}

const fields = [
  ...['type', 'status', 'priority', 'owner', 'client', 'client', 'tag', 'tag', 'start', 'start'],
  ...['clientKind', 'clientCity', 'clientCity', 'clientOwner', 'clientOwner', 'created', 'changed'],
  ...['duration', 'duration', 'text', 'text'],
] as const satisfies readonly Condition['field'][];

function anyCondition({ random, office, clientIds, ownerIds, anchor }: Maker): Condition {
  const field = random.pick<Condition['field']>(fields);
  const op = random.pick(['anyOf', 'anyOf', 'noneOf'] as const);
  const own = anchor && isFacet(field) ? fieldValues(office, anchor, field) : [];
  switch (field) {
    case 'start':
    case 'created':
    case 'changed':
      return { field, op: 'between', values: dayRange(random, field, anchor) };
    case 'duration':
      return { field, op: 'between', values: durationRange(random, anchor) };
    case 'text':
      return { field, op: 'matches', values: [randomText(random, office, anchor)] };
    case 'tag': {
      const values = some(random, [...tags, 'nobody uses this'], own, 4);
      return { field, op: random.pick(['anyOf', 'anyOf', 'noneOf', 'allOf'] as const), values };
    }
    case 'client':
      if (clientIds.length === 0) return { field: 'status', op, values: ['open', 'closed'] };
      return { field, op, values: some(random, clientIds, own, 6) };
    case 'owner':
    case 'clientOwner':
      return { field, op, values: some(random, ownerIds, own, 5) };
    case 'clientCity':
      return { field, op, values: some(random, [...cities, 'nobody lives here'], own, 4) };
    default:
      return { field, op, values: some(random, valueOrder[field], own, 3) };
  }
}

const isFacet = (field: Condition['field']): field is FacetField =>
  field in valueOrder || (wideFields as readonly string[]).includes(field);

/** Some values, often with those of the anchor among them, at times one twice. */
function some(random: Random, all: readonly string[], own: readonly string[], most: number): string[] {
  const values = random.some(all, random.between(1, most));
  if (own.length > 0 && random.chance(0.6)) values.splice(0, random.between(0, 1), random.pick(own));
  if (random.chance(0.03)) values.push(values[0] as string);
  return values;
}
