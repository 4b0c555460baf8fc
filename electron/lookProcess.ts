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
      // A process that hangs in the file system hears nothing gentler. Before it runs it has no number.
      if (child.pid === undefined) child.kill();
      else process.kill(child.pid, 'SIGKILL');
    },
  };
}
