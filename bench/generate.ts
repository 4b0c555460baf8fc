import { Random } from '../test/support/random.ts';

/**
 * The office the benchmark measures, the same for every engine and run: N meetings, N/50 clients whose sizes follow
 * Zipf's law (0.8), 40 users of whom the first four see all, a fifth, two in a hundred and one in a thousand clients,
 * and the fifth, as all others, none.
 */
export interface BenchMeeting {
  client: number;
  owner: number;
  title: string;
  details: string;
  type: string;
  status: string;
  priority: string;
  tags: string[];
  /** ISO instant. */
  start: string;
  durationMinutes: number;
}

export interface BenchOffice {
  clients: string[];
  users: string[];
  /** Clients each of the first five users sees, by number; the first sees all, the fifth none. */
  visible: number[][];
  meetings: BenchMeeting[];
}

export const shares = {
  type: { email: 40, sms: 22, call: 17, visit: 11, video: 7, letter: 3 },
  status: { open: 18, planned: 12, closed: 55, waiting: 10, cancelled: 5 },
  priority: { low: 20, normal: 60, high: 15, urgent: 5 },
} as const;

export const subjects = [
  'Budget',
  'Contract',
  'Delivery',
  'Invoice',
  'Offer',
  'Project',
  'Renewal',
  'Review',
  'Schedule',
  'Training',
];
export const verbs = [
  'agreed',
  'asked about',
  'called about',
  'discussed',
  'planned',
  'postponed',
  'sent',
  'signed',
];
export const firstDay = Date.UTC(2018, 0, 1);
const minutesInEightYears = 8 * 365 * 24 * 60;
const durations = [0, 15, 30, 30, 45, 60, 60, 90, 120];

/** Numbers 0..count-1 drawn with weight 1 / (rank + 1) ** exponent. */
function zipf(count: number, exponent: number, random: () => number): () => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) sums[rank] = sum += 1 / (rank + 1) ** exponent;
  return () => {
    const wanted = random() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function weighted(weights: Readonly<Record<string, number>>, random: () => number): string {
  let wanted = random() * 100;
  for (const [value, weight] of Object.entries(weights)) {
    wanted -= weight;
    if (wanted < 0) return value;
  }
  return Object.keys(weights)[0]!;
}

/**
 * @param size number of meetings
 * @param numbers how many different numbers stand in titles: some thousand, as in those of an office; `size` gives every
 * title a number of its own, which is the worst case for an index of words
 */
export function generate(size: number, numbers = 5_000, seed = 20): BenchOffice {
  const drawn = new Random(seed);
  const random = (): number => drawn.next();
  const pick = <T>(list: readonly T[]): T => drawn.pick(list);
  const clients = Array.from(
    { length: Math.max(10, Math.round(size / 50)) },
    (_, at) => `Client ${String(at + 1)} ${pick(subjects)}`,
  );
  const users = Array.from({ length: 40 }, (_, at) => `User ${String(at + 1)}`);
  const share = (part: number): number[] => clients.map((_, at) => at).filter(() => random() < part);
  const visible = [clients.map((_, at) => at), share(0.2), share(0.02), share(0.001)];
  if (visible[3]!.length === 0) visible[3] = [clients.length - 1];
  visible.push([]);
  const draw = meetingDrawer(clients.length, users.length, drawn, numbers);
  return { clients, users, visible, meetings: Array.from({ length: size }, (_, at) => draw(at)) };
}

/** Draws meetings one after the other. */
export function meetingDrawer(
  clients: number,
  users: number,
  drawn: Random,
  numbers = 5_000,
): (number: number) => BenchMeeting {
  const random = (): number => drawn.next();
  const pick = <T>(list: readonly T[]): T => drawn.pick(list);
  const client = zipf(clients, 0.8, random);
  const tag = zipf(200, 0.8, random);
  return (number) => ({
    client: client(),
    owner: Math.floor(random() * users),
    title: `${pick(subjects)} ${String((number % numbers) + 1)}`,
    details: `${pick(verbs)} the ${pick(subjects).toLowerCase()}`,
    type: weighted(shares.type, random),
    status: weighted(shares.status, random),
    priority: weighted(shares.priority, random),
    tags: [...new Set(Array.from({ length: Math.floor(random() * 4) }, () => `tag ${String(tag() + 1)}`))],
    start: new Date(firstDay + Math.floor(random() * minutesInEightYears) * 60_000).toISOString(),
    durationMinutes: pick(durations),
  });
}
