import { randomFillSync } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Failure, isFailureCode } from '../contract/failure.ts';
import { isRead } from './reads.ts';
import { recordCommands } from './recordsCommand.ts';
import type { Store } from './store.ts';

/** Errors of Redis itself that are known by their first word. */
const engineCodes: Readonly<Record<string, Failure['code']>> = {
  OOM: 'STORE_FULL',
  MISCONF: 'STORE_FULL',
  BUSY: 'STORE_UNAVAILABLE',
  LOADING: 'STORE_UNAVAILABLE',
};

/**
 * The one place where errors of the store become failures. A cut or timed-out connection leaves open whether a write
 * landed, so it is UNKNOWN_OUTCOME; repeating it with the same writeId is safe.
 */
export function failureOf(error: unknown, functionName: string): Failure {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [code = '', detail = ''] = message.replace(/ script: [\s\S]*$/, '').split(/ ([\s\S]*)/, 2);
  if (isFailureCode(code)) return new Failure(code, detail);
  const engineCode = engineCodes[code];
  // The cause is what people are told.
  if (engineCode) return new Failure(engineCode, code === 'OOM' ? 'memory' : code);
  if (/connection|timed out|ECONN|EPIPE|closed|enableOfflineQueue/i.test(message)) {
    return new Failure(isRead(functionName) ? 'STORE_UNAVAILABLE' : 'UNKNOWN_OUTCOME', 'connection');
  }
  return new Failure('INTERNAL', message.slice(0, 500));
}

const randomBytes = Buffer.alloc(4_096);
let randomUsed = randomBytes.length;

/** @returns 16 hexadecimal digits. Asking the system for many at once costs a call a tenth of asking each time. */
function randomDigits(): string {
  if (randomUsed === randomBytes.length) {
    randomFillSync(randomBytes);
    randomUsed = 0;
  }
  randomUsed += 8;
  return randomBytes.toString('hex', randomUsed - 8, randomUsed);
}

/** Threads hand bytes over as plain arrays; ioredis knows Buffers. */
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Stands where a write broke off in the middle, as lua/store/keys.lua has it; see lua/run.lua. */
export const halfDoneKey = (office: number): string => `{ins:${String(office)}}:half_done`;

/** What a store tells whoever watches over it. */
export interface StoreListener {
  /** The number of each journal entry that was answered, and how many records it concerned. */
  acknowledged(entry: number, records: number): void;
  /** A write broke off in the middle: nothing is written any more before the engine was started anew. */
  brokeOff(functionName: string): void;
}

/**
 * The office's store on a Redis connection.
 * @param app connection of the user who may call functions
 * @param office number of the office, which all its keys carry
 */
export function redisStore(app: Redis, office: number, listener?: StoreListener): Store {
  const routing = `{ins:${String(office)}}`;
  const judged = async (error: unknown, functionName: string): Promise<Failure> => {
    const failure = failureOf(error, functionName);
    if (listener && failure.code === 'INTERNAL' && !isRead(functionName)) {
      const isBroken = await app.exists(halfDoneKey(office)).catch(() => 0);
      if (isBroken) listener.brokeOff(functionName);
    }
    return failure;
  };
  /** As lua/store/keys.lua has it. */
  const recordKey = (row: number): string => `${routing}:meeting:${String(row)}`;
  return {
    async readRecords(rows) {
      try {
        return await app.mget(rows.map(recordKey));
      } catch (error) {
        throw failureOf(error, 'records_read');
      }
    },
    async writeRecords(first, records) {
      try {
        const keyOf = (at: number): string => recordKey(first + at);
        // Sent one behind the other: waiting for each would have the disk asked for each.
        await Promise.all([...recordCommands(records, keyOf)].map((command) => app.sendCommand(command)));
      } catch (error) {
        throw failureOf(error, 'records');
      }
    },
    async call(functionName, request, ...binary) {
      try {
        const text = JSON.stringify({ ...request, random: randomDigits() });
        const reply = (await app.call(
          'FCALL',
          functionName,
          1,
          routing,
          text,
          ...binary.map(bufferOf),
        )) as string;
        const answer = JSON.parse(reply) as { readonly entry?: unknown; readonly records?: number };
        if (typeof answer.entry === 'number') listener?.acknowledged(answer.entry, answer.records ?? 1);
        return answer;
      } catch (error) {
        throw await judged(error, functionName);
      }
    },
  };
}
