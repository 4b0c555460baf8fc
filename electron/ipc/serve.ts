import { mayMake, type Access, type Call } from '../contract/call.ts';
import { Failure, type FailureCode, type FailureShape } from '../contract/failure.ts';
import { failureSentence } from '../contract/failureText.ts';
import { inputProblem } from '../contract/inputProblem.ts';
import type { SignedInUser } from '../contract/session.ts';
import type { Context } from '../handlers/context.ts';
import type { Log } from '../log.ts';

/** What goes back over the wire, whatever the wire is. */
export type Envelope =
  { readonly ok: true; readonly value: unknown } | ({ readonly ok: false } & FailureShape);

/** The calls of a contract, by noun and name, and what answers them. */
export type Calls = Readonly<Record<string, Readonly<Record<string, Call>>>>;
export type Answers = Readonly<
  Record<string, Readonly<Record<string, (input: never, context: Context) => Promise<unknown>>>>
>;

export interface ServeOptions {
  readonly calls: Calls;
  readonly handlers: Answers;
  /** Who is signed in where the call comes from. */
  userAt(windowId: number): SignedInUser | null;
  /** The office as it is now. Reading `store` of the answer fails while there is none. */
  context(windowId: number, actor: string): Context;
  /** The store says that this user may not be signed in any more. */
  onSignedOut(windowId: number): void;
  /** A write was done; windows want to know. Not waited for. */
  onWritten(): void;
  readonly log: Log;
}

/** @param channel `noun.call` */
export type Serve = (channel: string, input: unknown, windowId: number) => Promise<Envelope>;

/** @returns id of the signed-in user, or an empty text where nobody needs to be */
function admit(access: Access, user: SignedInUser | null): string {
  if (!user && access !== 'anyone') throw new Failure('SIGNED_OUT');
  if (user && !mayMake(access, user.role)) throw new Failure('NOT_ALLOWED', 'role');
  return user?.id ?? '';
}

function parseInput(call: Call, input: unknown): unknown {
  const parsed = call.input.safeParse(input);
  if (!parsed.success) throw new Failure('INVALID_INPUT', inputProblem(parsed.error));
  return parsed.data;
}

/** The second parse: what Lua answers and what the contract promises drift apart here, near the cause. */
function parseOutput(call: Call, output: unknown): unknown {
  const parsed = call.output.safeParse(output);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Failure('INTERNAL', `answer: ${issue?.path.join('.') ?? ''} ${issue?.code ?? ''}`);
}

const isWrite = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'writeId' in input;

const refusal = (code: FailureCode, detail: string): Envelope => ({
  ok: false,
  code,
  detail,
  message: failureSentence(code, detail),
});

/**
 * Answers calls: who may, is the input good, run, is the output good, envelope. It knows no transport, so that the
 * same contract can be served to others than our own windows.
 *
 * Whoever is not signed in or has the wrong role learns nothing about the input: that is looked at first.
 */
export function createServe(options: ServeOptions): Serve {
  const { log } = options;

  async function run(channel: string, input: unknown, windowId: number): Promise<unknown> {
    const [noun = '', name = ''] = channel.split('.');
    const call = options.calls[noun]?.[name];
    const handler = options.handlers[noun]?.[name];
    if (!call || !handler) throw new Failure('INTERNAL', 'unknown call');
    const actor = admit(call.access, options.userAt(windowId));
    const parsed = parseInput(call, input);
    const output = await handler(parsed as never, options.context(windowId, actor));
    if (isWrite(parsed)) options.onWritten();
    return parseOutput(call, output);
  }

  function refuse(error: unknown, channel: string, windowId: number): Envelope {
    if (!(error instanceof Failure)) {
      // A mistake of ours. Its stack names files and lines, never what somebody typed.
      const stack = error instanceof Error ? (error.stack?.split('\n').slice(1, 6).join(' |') ?? '') : '';
      log.error('call failed', { channel, name: error instanceof Error ? error.name : typeof error, stack });
      return refusal('INTERNAL', 'unexpected');
    }
    if (error.code === 'INTERNAL') log.error('call failed', { channel, detail: error.detail });
    else log.info('call refused', { channel, code: error.code });
    if (error.code === 'SIGNED_OUT' && options.userAt(windowId)) options.onSignedOut(windowId);
    return refusal(error.code, error.detail);
  }

  return async (channel, input, windowId) => {
    try {
      return { ok: true, value: await run(channel, input, windowId) };
    } catch (error) {
      return refuse(error, channel, windowId);
    }
  };
}
