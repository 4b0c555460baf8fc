/** Collects what does not agree, by the name of what is wrong; of many alike only the first are told. */
export class Differences {
  readonly #found = new Map<string, string[]>();

  add(name: string, what: string): void {
    const list = this.#found.get(name);
    if (list) list.push(what);
    else this.#found.set(name, [what]);
  }

  /** Two lists without order. */
  sameMembers<T extends number | string>(name: string, expected: Iterable<T>, found: Iterable<T>): void {
    const [must, is] = [new Set(expected), new Set(found)];
    const missing = [...must].filter((one) => !is.has(one));
    const surplus = [...is].filter((one) => !must.has(one));
    if (missing.length > 0) this.add(name, `${shortList(missing)} missing`);
    if (surplus.length > 0) this.add(name, `${shortList(surplus)} too many`);
  }

  sameValues<T extends number | string>(
    name: string,
    expected: ReadonlyMap<string, T>,
    found: ReadonlyMap<string, T>,
  ): void {
    this.sameMembers(name, expected.keys(), found.keys());
    for (const [key, value] of expected) {
      const other = found.get(key);
      if (other !== undefined && other !== value)
        this.add(name, `${JSON.stringify(key)} is ${String(other)} instead of ${String(value)}`);
    }
  }

  /** One line for each name. */
  lines(): string[] {
    return [...this.#found].map(([name, list]) => {
      const more = list.length > 3 ? ` and ${String(list.length - 3)} more` : '';
      return `${name}: ${list.slice(0, 3).join('; ')}${more}`;
    });
  }
}

const shortList = (list: readonly (number | string)[]): string => {
  const more = list.length > 5 ? ` and ${String(list.length - 5)} more` : '';
  return `${list
    .slice(0, 5)
    .map((one) => JSON.stringify(one))
    .join(', ')}${more}`;
};
