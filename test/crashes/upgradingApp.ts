// The program without windows opens an office of an earlier layout, as a process of its own that can be killed meanwhile.
// Started by ./upgrading.ts.
import { newBackend } from '../support/backend.ts';

const [folder = ''] = process.argv.slice(2);
const backend = newBackend({
  listen: ({ event }) => {
    const state = backend.office.state();
    if (event === 'officeStatus' && state.state === 'starting') process.send?.(state.upgrading ?? 0);
  },
});
await backend.office.open(folder);
await backend.close();
process.exit(0);
