import { utilityProcess } from 'electron';
import type { LookMessage, LookProcess } from './updates/lookout.ts';

/** Starts the process that looks into the updates folder. @param file the built `lookout.worker` */
export function startLookProcess(file: string): LookProcess {
  const child = utilityProcess.fork(file, [], { serviceName: 'Daybook updates folder', stdio: 'ignore' });
  return {
    send(request) {
      child.postMessage(request);
    },
    onMessage(listen) {
      child.on('message', (message: LookMessage) => {
        listen(message);
      });
    },
    onEnd(listen) {
      child.once('exit', listen);
    },
    end() {
      child.kill();
    },
  };
}
