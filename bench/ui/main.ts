import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../test/e2e/support/runtime.ts';
import { figure, printed, type Figure } from './figures.ts';
import { Judge } from './judge.ts';
import { launch, withFolder } from './launches.ts';
import { makeOffice } from './office.ts';
import { begin, rounds as measureRounds } from './rounds.ts';

/** Every launch is a new process; a cold one has a new profile too. */
async function launches(office: string, folder: string, count: number): Promise<Figure[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  const signIns: number[] = [];
  const lists: number[] = [];
  for (let round = -1; round < count; round += 1) {
    for (const [times, profile] of [
      [cold, `cold${String(round)}`],
      [warm, 'warm'],
    ] as const) {
      const { program, signInMs, listMs } = await launch(office, path.join(folder, profile));
      await program.stop();
      if (round < 0) continue;
      times.push(signInMs + listMs);
      signIns.push(signInMs);
      lists.push(listMs);
    }
  }
  return [
    figure('launch to list, new profile', cold),
    figure('launch to list, used profile', warm),
    figure('  of it to the sign-in', signIns),
    figure('  of it from there to the list', lists),
  ];
}

/** Pixels a frame, as a wheel that is turned steadily and as one that is spun. */
const rides = [
  ['wheel', 100],
  ['spin', 2_000],
] as const;
const rideMs = 4_000;

async function work(office: string, folder: string, judge: Judge, rounds: number): Promise<Figure[]> {
  const { program } = await launch(office, path.join(folder, 'work'));
  try {
    const walk = await begin(program.page, judge);
    const figures: Figure[] = [];
    for (const [name, px] of rides) {
      const { frames, blank } = await walk.ride(px, rideMs);
      const seconds = frames.reduce((sum, ms) => sum + ms, 0) / 1_000;
      figures.push({
        ...figure(`a frame while scrolling, ${name}`, frames),
        framesPerSecond: frames.length / seconds,
        blankFrames: blank,
      });
    }
    // Throws unless the last of all rows is there, whole, and the one it must be.
    figures.push(figure(`End key to the last of ${String(judge.size)} rows`, [await walk.end()]));
    const times = await measureRounds(walk, rounds);
    const floor = figure('floor: ask and paint', times.floor);
    const over = (what: string, list: readonly number[]): Figure => figure(what, list, floor.medianMs);
    return [
      ...figures,
      floor,
      over('filter click to rows', times.filter),
      over('letter typed to rows', times.letter),
      over('meeting opened', times.open),
      over('jump to a far place', times.scroll),
      over('End key to the last row', times.end),
    ];
  } finally {
    await program.stop();
  }
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100000' },
    launches: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '120' },
    /** Where offices are kept for the next run: making a large one takes minutes. */
    offices: { type: 'string' },
    json: { type: 'string' },
  },
});
const offices: { meetings: number; figures: Figure[] }[] = [];
for (const meetings of values.sizes.split(',').map(Number)) {
  await withFolder(async (folder) => {
    const office = path.join(values.offices ?? folder, `office-${String(meetings)}`);
    const begun = Date.now();
    const judge = new Judge(await makeOffice(office, meetings));
    const made = `ready in ${String(Math.round((Date.now() - begun) / 1_000))} s`;
    process.stdout.write(`\noffice of ${meetings.toLocaleString('en-GB')} meetings, ${made}\n`);
    const figures = [
      ...(await work(office, folder, judge, Number(values.rounds))),
      ...(await launches(office, folder, Number(values.launches))),
    ];
    process.stdout.write(printed(figures));
    offices.push({ meetings, figures });
  });
}
if (values.json) {
  const results = {
    machine: `${String(os.cpus().length)} cores, ${os.cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: projectRoot,
      encoding: 'utf8',
    }).trim(),
    offices,
  };
  writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
}
