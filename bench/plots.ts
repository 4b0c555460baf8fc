import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as echarts from 'echarts';
import { engineNames, halfDeepKind, pageKind } from './cells.ts';
import type { Measured } from './measure.ts';
import { sortFields } from './queries.ts';

/** A kind as it is drawn: one plot, of one or several kinds that are measured; the slowest of these counts. */
export interface Plot {
  /** Name of the file, without its ending. */
  name: string;
  title: string;
  kinds: readonly string[];
  /** The user whose times are drawn, `-` for floors. */
  user: string;
}

const one = (name: string, user: string, kind = name.replaceAll('-', ' ')): Plot => ({
  name: user === 'u1' ? name : `${name}-${user}`,
  title: `${kind}, ${user}`,
  kinds: [kind],
  user,
});

export const plots: readonly Plot[] = [
  ...['u1', 'u2', 'u3'].flatMap((user): Plot[] => [
    {
      name: user === 'u1' ? 'page-and-total' : `page-and-total-${user}`,
      title: `first page and total, slowest sort, ${user}`,
      kinds: sortFields.map(pageKind),
      user,
    },
    {
      name: user === 'u1' ? 'half-deep' : `half-deep-${user}`,
      title: `page half-way down and total, slowest sort, ${user}`,
      kinds: sortFields.map(halfDeepKind),
      user,
    },
    one('screen', user),
  ]),
  one('count-only', 'u1'),
  one('cursor-next-page', 'u1'),
  one('text-common', 'u1'),
  one('text-rare', 'u1'),
  one('text-two-letters', 'u1'),
  one('email-and-open', 'u1', 'email+open'),
  one('add', 'u1'),
  one('edit', 'u1'),
  one('delete', 'u1'),
];

const colours: Readonly<Record<string, string>> = {
  [engineNames.daybook]: '#1864ab',
  [engineNames.join]: '#d9480f',
  [engineNames.materialised]: '#f08c00',
  [engineNames.proofOfConcept]: '#868e96',
  'fetch-50 FCALL': '#2b8a3e',
  PING: '#94d82d',
};

type Point = [size: number, us: number];

/** Median by size of the slowest of some kinds. */
function points(rows: readonly Measured[], kinds: readonly string[], user: string, engine: string): Point[] {
  const own = rows.filter((row) => row.engine === engine && row.user === user && kinds.includes(row.kind));
  const sizes = [...new Set(own.map(({ size }) => size))].sort((one, other) => one - other);
  return sizes.map((size) => [
    size,
    Math.max(...own.filter((row) => row.size === size).map(({ median }) => median)),
  ]);
}

const spoken = (us: number): string =>
  us >= 1e6 ? `${String(us / 1e6)} s` : us >= 1e3 ? `${String(us / 1e3)} ms` : `${String(us)} µs`;

function draw({ title, kinds, user }: Plot, rows: readonly Measured[]): string {
  const engines = Object.values(engineNames).filter((engine) => engine !== engineNames.pageOnly);
  const lines = [
    ...engines.map((engine) => ({ name: engine as string, data: points(rows, kinds, user, engine) })),
    ...['fetch-50 FCALL', 'PING'].map((kind) => ({ name: kind, data: points(rows, [kind], '-', 'floor') })),
  ].filter(({ data }) => data.length > 0);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 400 });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: title, left: 'center', textStyle: { fontSize: 14 } },
    legend: { bottom: 0, itemGap: 18, textStyle: { fontSize: 11 } },
    grid: { left: 70, right: 30, top: 40, bottom: 70 },
    xAxis: {
      type: 'log',
      name: 'meetings',
      nameLocation: 'middle',
      nameGap: 25,
      axisLabel: { formatter: (size: number) => size.toLocaleString('en') },
      min: 'dataMin',
      max: 'dataMax',
    },
    yAxis: { type: 'log', name: 'median', axisLabel: { formatter: spoken } },
    series: lines.map(({ name, data }) => ({
      type: 'line',
      name,
      data,
      color: colours[name],
      symbolSize: 7,
      lineStyle: { type: data.length > 0 && /^(fetch|PING)/.test(name) ? 'dashed' : 'solid' },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

/** Latency against size, both logarithmic, one file a kind. @returns the plots that there was something to draw for */
export function writePlots(folder: string, rows: readonly Measured[]): Plot[] {
  mkdirSync(folder, { recursive: true });
  const drawn = plots.filter(({ kinds }) => rows.some(({ kind }) => kinds.includes(kind)));
  for (const plot of drawn) writeFileSync(path.join(folder, `${plot.name}.svg`), draw(plot, rows));
  return drawn;
}
