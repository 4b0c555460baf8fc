import type { Query, Where } from '../support/oracle/types.ts';

/**
 * Takes away from a query whatever it can do without and still go wrong, so that the message is about little.
 * @param wrong whether the two still differ on a query
 */
export async function simplest(query: Query, wrong: (query: Query) => Promise<boolean>): Promise<Query> {
  let tries = 200;
  for (let smaller: Query | undefined = query; smaller && tries > 0;) {
    query = smaller;
    smaller = undefined;
    for (const candidate of simpler(query)) {
      tries -= 1;
      if (tries > 0 && (await wrong(candidate))) {
        smaller = candidate;
        break;
      }
    }
  }
  return query;
}

function* simpler(query: Query): Generator<Query> {
  const { where, text, facets = [], sort = [], offset, limit } = query;
  if (where) yield without(query, 'where');
  if (text !== undefined) yield without(query, 'text');
  if (offset !== undefined) yield without(query, 'offset');
  if (limit !== undefined) yield without(query, 'limit');
  if (query.facets) yield without(query, 'facets');
  for (const field of facets.length > 1 ? facets : [])
    yield { ...query, facets: facets.filter((one) => one !== field) };
  for (const key of sort.length > 1 ? sort : []) yield { ...query, sort: sort.filter((one) => one !== key) };
  for (const word of text?.includes(' ') ? text.split(' ') : []) yield { ...query, text: word };
  for (const tree of where ? simplerTrees(where) : []) yield { ...query, where: tree };
}

function without(query: Query, part: keyof Query): Query {
  const { [part]: _, ...rest } = query;
  return rest;
}

/** One of the children instead of the group, the group with a child less, with a simpler child, or with fewer values. */
function* simplerTrees(where: Where): Generator<Where> {
  if ('field' in where) {
    if (where.op === 'between' || where.values.length < 2) return;
    for (const at of where.values.keys()) yield { ...where, values: where.values.toSpliced(at, 1) } as Where;
    return;
  }
  const [group, children] = Object.entries(where)[0] as [string, Where[]];
  yield* children;
  for (const [at, child] of children.entries()) {
    yield { [group]: children.toSpliced(at, 1) } as Where;
    for (const tree of simplerTrees(child)) yield { [group]: children.with(at, tree) } as Where;
  }
}
