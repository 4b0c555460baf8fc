import { checkOffice } from '../check/checkOffice.ts';
import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';

/** Checks of the office; one begun later takes the place of one that is going on. */
export function checkHandlers({
  office,
  checkProgress,
  onRepaired,
  noteCheck,
}: Pick<Services, 'office' | 'checkProgress' | 'onRepaired' | 'noteCheck'>): Pick<
  HandlersOf<'office'>,
  'check' | 'cancelCheck'
> {
  let running: AbortController | null = null;
  return {
    async check({ repair }, { store: patient, actor, windowId }) {
      running?.abort();
      const own = new AbortController();
      running = own;
      const onProgress = (progress: Parameters<typeof checkProgress>[1]): void => {
        checkProgress(windowId, progress);
      };
      try {
        // One that is being started is waited for. Its cursors end with it: a check that went on with the next engine would
        // pass things over.
        await patient.call('office_status', {});
        const store = office.store();
        const report = await checkOffice({ store, actor, repair, signal: own.signal, onProgress });
        noteCheck(report);
        if (repair && report.differences.length > 0) await onRepaired();
        return report;
      } finally {
        if (running === own) running = null;
      }
    },

    cancelCheck() {
      running?.abort();
      return Promise.resolve({});
    },
  };
}
