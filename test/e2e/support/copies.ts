import { cpSync } from 'node:fs';
import path from 'node:path';
import { projectRoot, runtime, type Runtime } from './runtime.ts';

export interface Copy {
  readonly runtime: Runtime;
  /** Where the copy keeps redis-server. */
  readonly redisServer: string;
}

const platform = `${process.platform}-${process.arch}`;
const name = process.platform === 'win32' ? 'redis-server.exe' : 'redis-server';

/** A copy of the program under test, which a story may damage. */
export function copyOfTheProgram(folder: string): Copy {
  const { executable, args, isPackaged } = runtime();
  const redisIn = (resources: string): string => path.join(resources, 'redis', platform, name);
  if (isPackaged) {
    const here = path.dirname(executable);
    cpSync(here, folder, { recursive: true, verbatimSymlinks: true });
    const copied = path.join(folder, path.basename(executable));
    return {
      runtime: { executable: copied, args, isPackaged },
      redisServer: redisIn(path.join(folder, 'resources')),
    };
  }
  for (const part of ['package.json', 'out', 'lua', path.join('resources', 'redis', platform)])
    cpSync(path.join(projectRoot, part), path.join(folder, part), { recursive: true });
  return {
    runtime: { executable, args: args.map((each) => (each === projectRoot ? folder : each)), isPackaged },
    redisServer: redisIn(path.join(folder, 'resources')),
  };
}
