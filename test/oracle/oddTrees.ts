/** Filter trees that are too deep, too large, or without end. */

export function nested(depth: number): unknown {
  let tree: unknown = { all: [] };
  for (let level = 0; level < depth; level += 1) tree = { all: [tree] };
  return tree;
}

export function cycle(): unknown {
  const tree: { all: unknown[] } = { all: [] };
  tree.all.push(tree);
  return tree;
}

export const manyConditions = (count: number): object => ({
  any: Array.from({ length: count }, () => ({ field: 'type', op: 'anyOf', values: ['email'] })),
});
