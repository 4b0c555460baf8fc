import { differenceSentence, type CheckDifference } from '../contract/check.ts';

/** As Lua tells it: index, what, example, whether it can be repaired. */
export type Told = readonly [
  index: string,
  what: CheckDifference['what'],
  example: string,
  canBeRepaired: boolean,
];

const mostExamples = 5;

/** What differs, by index and kind; of many alike only the first are named. */
export class Findings {
  readonly #found = new Map<
    string,
    { told: Told; count: number; examples: string[]; canBeRepaired: boolean }
  >();

  /** By field and value, how many rows more a posting must have than it has. */
  readonly #offBy = new Map<string, number>();

  /** @param isLeft whether they are left as they are, so that others follow from them */
  add(differences: readonly Told[], isLeft = false): void {
    for (const told of differences) {
      if (this.#isConsequence(told)) continue;
      const [index, what, example, canBeRepaired] = told;
      if (isLeft && index.startsWith('posting:')) this.#remember(told);
      const name = `${index} ${what}`;
      let found = this.#found.get(name);
      if (!found) this.#found.set(name, (found = { told, count: 0, examples: [], canBeRepaired: true }));
      found.count += 1;
      found.canBeRepaired &&= canBeRepaired;
      if (found.examples.length < mostExamples) found.examples.push(example);
    }
  }

  /** How many rows more a posting must have than it has, as far as was found and is left so. */
  offBy(field: string, value: string): number {
    return this.#offBy.get(`${field}:${value}`) ?? 0;
  }

  #remember([index, what, example]: Told): void {
    const name = `${index.slice('posting:'.length)}:${example.slice(0, example.lastIndexOf(', '))}`;
    this.#offBy.set(name, (this.#offBy.get(name) ?? 0) + (what === 'missing' ? 1 : -1));
  }

  /** Totals and words of a posting that is gone are not too many: the posting is told. */
  #isConsequence([index, what, example]: Told): boolean {
    if (what !== 'surplus') return false;
    const [kind, of = ''] = index.split(':');
    if (kind === 'totals') return this.offBy(of, example) > 0;
    if (index === 'folded:tag') return this.offBy('tag', example) > 0;
    if (index === 'folded:city') return this.offBy('clients_city', example) > 0;
    return kind === 'lexicon' && this.offBy(`${of}_word`, example.slice(example.indexOf(' of ') + 4)) > 0;
  }

  /** How many of one index. */
  count(index: string): number {
    let count = 0;
    for (const found of this.#found.values()) if (found.told[0] === index) count += found.count;
    return count;
  }

  list(): CheckDifference[] {
    return [...this.#found.values()].map(({ told: [index, what], count, examples, canBeRepaired }) => ({
      ...{ index, what, count, examples, canBeRepaired },
      sentence: differenceSentence(index, what, count),
    }));
  }
}
