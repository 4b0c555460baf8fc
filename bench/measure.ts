/** One thing to time: asked again and again with a query of its own each time. */
export interface Subject {
  /** What is asked: `page+total`, `screen`, ... */
  kind: string;
  /** Who answers: `daybook`, `proof of concept`, `floor`. */
  engine: string;
  /** Who asks: u1 to u4, or `-`. */
  user: string;
  ask(round: number): Promise<unknown>;
  /** Every how many rounds it is asked; slow engines are asked less often. */
  every?: number;
}

export interface Measured {
  kind: string;
  engine: string;
  user: string;
  /** Microseconds. */
  medianUs: number;
  p95Us: number;
  samples: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/**
 * Times all subjects in turn, round by round, so that whatever else the machine does falls on all of them alike.
 * @param between called every 20 rounds: a write, so that no earlier result can be the answer
 */
export async function measure(
  subjects: readonly Subject[],
  rounds: number,
  between: (round: number) => Promise<unknown>,
) {
  const times = subjects.map((): number[] => []);
  const warmUp = Math.ceil(rounds / 20);
  for (let round = -warmUp; round < rounds; round += 1) {
    if (round % 20 === 0) await between(round);
    for (const [at, subject] of subjects.entries()) {
      if (round % (subject.every ?? 1) !== 0) continue;
      const begun = process.hrtime.bigint();
      await subject.ask(round + warmUp);
      const took = Number(process.hrtime.bigint() - begun) / 1_000;
      if (round >= 0) times[at]!.push(took);
    }
  }
  return subjects.map(({ kind, engine, user }, at): Measured => {
    const sorted = times[at]!.sort((one, other) => one - other);
    return {
      kind,
      engine,
      user,
      medianUs: quantile(sorted, 0.5),
      p95Us: quantile(sorted, 0.95),
      samples: sorted.length,
    };
  });
}
