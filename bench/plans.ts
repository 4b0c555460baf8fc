import { userName } from './cells.ts';
import type { BuiltOffice } from './office.ts';
import { emailOpen, everything, type Query } from './queries.ts';

/** How both variants of SQLite answer a first page with total and counts, with and without conditions. */
export function plansOf({ join, materialised }: BuiltOffice): Record<string, string[]> {
  const plans: Record<string, string[]> = {};
  for (const engine of [join, materialised]) {
    for (const user of [0, 1, 2]) {
      for (const [name, filter] of [
        ['everything', everything],
        ['email and open', emailOpen],
      ] as const) {
        const query: Query = { filter, sort: 'start', descending: true, offset: 0, limit: 50, counts: true };
        plans[`${engine.name}, ${userName(user)}, ${name}`] = engine.plans(user, query);
      }
    }
  }
  return plans;
}
