import { holds } from '../oracle/filter.ts';
import { valueOrder } from '../oracle/types.ts';
import { day } from './randomFields.ts';
import { tags } from './vocabulary.ts';
import type { Office } from '../oracle/office.ts';
import type { Condition, Meeting, ShortField, User, Where } from '../oracle/types.ts';
import type { Random } from '../random.ts';

/** Ids as the program makes them, of nothing there is. */
const nobody = '01900000-0000-7000-8000-000000000000';

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

function anyCondition({ random, clientIds, ownerIds, anchor }: Maker): Condition {
  const field = random.pick([
    'type',
    'status',
    'priority',
    'owner',
    'client',
    'client',
    'tag',
    'tag',
    'start',
    'start',
  ] as const);
  const op = random.pick(['anyOf', 'anyOf', 'noneOf'] as const);
  switch (field) {
    case 'start':
      return { field, op: 'between', values: range(random, anchor) };
    case 'tag': {
      const values = some(random, [...tags, 'nobody uses this'], anchor?.tags ?? [], 4);
      return { field, op: random.pick(['anyOf', 'anyOf', 'noneOf', 'allOf'] as const), values };
    }
    case 'client':
      if (clientIds.length === 0) return { field: 'status', op, values: ['open', 'closed'] };
      return { field, op, values: some(random, clientIds, anchor ? [anchor.clientId] : [], 6) };
    case 'owner':
      return { field, op, values: some(random, ownerIds, anchor ? [anchor.ownerId] : [], 5) };
    default:
      return {
        field,
        op,
        values: some(random, valueOrder[field as ShortField], anchor ? [anchor[field]] : [], 3),
      };
  }
}

/** Some values, often with those of the anchor among them, at times one twice. */
function some(random: Random, all: readonly string[], own: readonly string[], most: number): string[] {
  const values = random.some(all, random.between(1, most));
  if (own.length > 0 && random.chance(0.6)) values.splice(0, random.between(0, 1), random.pick(own));
  if (random.chance(0.03)) values.push(values[0] as string);
  return values;
}

function range(random: Random, anchor: Meeting | null): [string | null, string | null] {
  const own =
    anchor && random.chance(0.6)
      ? 'at' in anchor.start
        ? anchor.start.at.slice(0, 10)
        : anchor.start.date
      : day(random);
  const other = random.chance(0.3) ? own : day(random);
  const [from, to] = own < other ? [own, other] : [other, own];
  return random.weighted<[string | null, string | null]>([
    [6, [from, to]],
    [2, [from, null]],
    [2, [null, to]],
    [0.5, [null, null]],
  ]);
}
