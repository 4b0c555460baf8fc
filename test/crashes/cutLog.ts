import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { enginePrograms } from '../support/engine.ts';

/**
 * Lets an engine that was killed in the midst of writing a command to its log begin again behind the last whole one.
 * The system may stop a long write half-way when its process is killed. Daybook does not start on such a log: it must
 * not guess whether what is missing was ever acknowledged. Here it never was, so the engine may cut it off.
 * @returns whether the log ended in the midst of a command
 */
export async function mendCutLog(officeFolder: string): Promise<boolean> {
  let wasCut = false;
  // Within a transaction the first time cuts off the command, the next one the transaction.
  while (await cutOff(officeFolder)) wasCut = true;
  return wasCut;
}

async function cutOff(officeFolder: string): Promise<boolean> {
  const settings = [
    'appendonly yes',
    'aof-load-truncated yes',
    'port 0',
    'unixsocket mend.sock',
    'save ""',
    '',
  ];
  const engine = spawn(enginePrograms.redisServer, ['-'], {
    cwd: path.join(officeFolder, 'data'),
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  engine.stdin.end(settings.join('\n'));
  let said = '';
  for await (const part of engine.stdout) {
    said += String(part);
    if (said.includes('ready to accept connections')) break;
  }
  const ended = once(engine, 'exit');
  engine.kill('SIGTERM');
  if (engine.exitCode === null) await ended;
  if (!said.includes('ready to accept connections')) throw new Error(`the engine does not start: ${said}`);
  return said.includes('short read while loading the AOF file');
}
