import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../test/e2e/support/runtime.ts';
import { launch, withFolder } from './launches.ts';
import { rounds as measureRounds } from './rounds.ts';

interface Figure {
  readonly what: string;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly samples: number;
  /** Median over the median of the floor, measured in the same rounds. */
  readonly timesFloor: number | null;
}

function figure(what: string, times: readonly number[], floorMs: number | null): Figure {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const timesFloor = floorMs === null ? null : at(0.5) / floorMs;
  return { what, medianMs: at(0.5), p95Ms: at(0.95), samples: sorted.length, timesFloor };
}

/** Every launch is a new process; a cold one has a new profile too. The demo office lies ready in either case. */
async function launches(count: number): Promise<Figure[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  const signIns: number[] = [];
  const lists: number[] = [];
  await withFolder(async (folder) => {
    for (let round = -1; round < count; round += 1) {
      for (const [times, profile] of [
        [cold, `cold${String(round)}`],
        [warm, 'warm'],
      ] as const) {
        const { program, signInMs, listMs } = await launch(path.join(folder, profile));
        await program.stop();
        if (round < 0) continue;
        times.push(signInMs + listMs);
        signIns.push(signInMs);
        lists.push(listMs);
      }
    }
  });
  return [
    figure('launch to list, new profile', cold, null),
    figure('launch to list, used profile', warm, null),
    figure('  of it to the sign-in', signIns, null),
    figure('  of it from there to the list', lists, null),
  ];
}

async function clicks(rounds: number): Promise<Figure[]> {
  const times = await withFolder(async (folder) => {
    const { program } = await launch(path.join(folder, 'profile'));
    try {
      return await measureRounds(program.page, rounds);
    } finally {
      await program.stop();
    }
  });
  const floor = figure('floor: ask and paint', times.floor, null);
  return [
    floor,
    figure('filter click to rows', times.filter, floor.medianMs),
    figure('letter typed to rows', times.letter, floor.medianMs),
    figure('meeting opened', times.open, floor.medianMs),
    figure('jump to a far place', times.scroll, floor.medianMs),
  ];
}

function print(figures: readonly Figure[]): void {
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  line('what                           median ms    p95 ms  samples  x floor');
  for (const { what, medianMs, p95Ms, samples, timesFloor } of figures) {
    const numbers = [medianMs, p95Ms].map((ms) => ms.toFixed(1).padStart(9)).join(' ');
    const ratio = timesFloor === null ? '' : timesFloor.toFixed(1);
    line(`${what.padEnd(30)} ${numbers} ${String(samples).padStart(8)} ${ratio.padStart(8)}`);
  }
}

const { values } = parseArgs({
  options: {
    launches: { type: 'string', default: '7' },
    rounds: { type: 'string', default: '120' },
    json: { type: 'string' },
  },
});
const figures = [...(await launches(Number(values.launches))), ...(await clicks(Number(values.rounds)))];
print(figures);
if (values.json) {
  const results = {
    machine: `${String(os.cpus().length)} cores, ${os.cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: projectRoot,
      encoding: 'utf8',
    }).trim(),
    figures,
  };
  writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
}
