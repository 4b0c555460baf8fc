import type { MemoryDaybook } from './memoryDaybook.ts';
import { memoryDaybook } from './memoryDaybook.ts';
import { sampleOffice } from './memory/sampleOffice.ts';

/**
 * Looks at the screens without Electron: `npx vite --config test/renderer/preview.config.ts`.
 * `?user=anna` is signed in already, `?state=firstRun` and `?trouble=locked` show the other faces,
 * `?meetings=20000` makes the office larger.
 */
const asked = new URLSearchParams(location.search);
const office = sampleOffice({
  meetings: Number(asked.get('meetings') ?? 20_000),
  clients: Number(asked.get('clients') ?? 120),
});
const memory: MemoryDaybook = memoryDaybook(office);
const user = asked.get('user');
if (user) memory.signInAs(user);
const state = asked.get('state');
if (state === 'starting' || state === 'firstRun' || state === 'choosing') memory.status_ = { state };
const upgrading = asked.get('upgrading');
if (upgrading) memory.status_ = { state: 'starting', upgrading: Number(upgrading) };
const trouble = asked.get('trouble');
if (trouble) {
  memory.status_ = {
    state: 'trouble',
    trouble: {
      reason: trouble as 'missing',
      path: '/opt/daybook/resources/redis/linux-x64/redis-server',
      log: '4711:M 21 Nov 2026 09:30:00.123 # Server initialized\n4711:M 21 Nov 2026 09:30:00.150 # Fatal error: bad file format reading the append only file',
      program: null,
      mayOpenCopy: trouble === 'damaged',
      damage:
        trouble === 'damaged'
          ? {
              lost: 12,
              records: 5_011,
              since: '2026-11-20T16:02:00.000Z',
              until: '2026-11-20T16:41:00.000Z',
              mayRepair: true,
            }
          : null,
    },
  };
}
Object.assign(window, { daybook: memory });
await import('../../renderer/main.tsx');
