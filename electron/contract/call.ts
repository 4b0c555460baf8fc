import { z } from 'zod';
import type { FailureCode } from './failure.ts';
import type { Role } from './users.ts';

/**
 * Who may make a call.
 * - `anyone`: before sign-in too (sign-in itself, first run)
 * - `signedIn`: every signed-in user; what they see is decided in Lua
 * - `writer`: every role except read-only
 * - `importer`: administrators and managers
 * - `administrator`
 */
export type Access = 'anyone' | 'signedIn' | 'writer' | 'importer' | 'administrator';

const allows: { readonly [access in Access]: (role: Role) => boolean } = {
  anyone: () => true,
  signedIn: () => true,
  writer: (role) => role !== 'readOnly',
  importer: (role) => role === 'administrator' || role === 'manager',
  administrator: (role) => role === 'administrator',
};

/** Whether somebody of this role, who is signed in, may make such a call. */
export const mayMake = (access: Access, role: Role): boolean => allows[access](role);

export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly summary: string;
  readonly access: Access;
  readonly input: I;
  readonly output: O;
  /** The failures a caller should expect beside INVALID_INPUT, SIGNED_OUT, STORE_UNAVAILABLE and INTERNAL. */
  readonly failures: readonly FailureCode[];
}

/** Writes a call down once; handler, channel, preload and client types are derived from it. */
export const call = <I extends z.ZodType, O extends z.ZodType>(spec: Call<I, O>): Call<I, O> => spec;

/** Input of a call that needs nothing. */
export const nothing = z.strictObject({}).optional();
/** Output of a call that only says it was done. */
export const done = z.object({});
