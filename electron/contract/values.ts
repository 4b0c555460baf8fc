import { z } from 'zod';

/** Lone surrogates cannot be written as UTF-8; control characters other than tab and line breaks have no place in a text. */
const wellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
const withoutControls = (text: string): boolean =>
  !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text);

const cleanText = (max: number) =>
  z
    .string()
    .max(max)
    .refine(wellFormed, 'holds a broken character')
    .refine(withoutControls, 'holds a control character');

/** One line of text: trimmed, no line breaks, at least one character. */
export const line = (max: number) =>
  cleanText(max)
    .refine((text) => !/[\r\n]/.test(text), 'holds a line break')
    .transform((text) => text.trim())
    .refine((text) => text.length > 0, 'is empty');

/** One line of text that may be left empty: trimmed, no line breaks. */
export const optionalLine = (max: number) =>
  cleanText(max)
    .refine((text) => !/[\r\n]/.test(text), 'holds a line break')
    .transform((text) => text.trim());

/** Text of several lines, which may be empty. */
export const text = (max: number) => cleanText(max);

/** Opaque, time-ordered id of a record (UUID version 7, lower case). */
export const id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'is not an id');

/** Made by the caller for each write, so that a repeat after an unknown outcome is answered, not done twice. */
export const writeId = z.string().regex(/^[0-9A-Za-z-]{8,64}$/, 'is not a write id');

/** `2026-11-21`: a calendar day that exists, years 1000 to 9999. */
export const day = z
  .string()
  .regex(/^[1-9]\d{3}-\d{2}-\d{2}$/, 'is not a date')
  .refine((value) => {
    const date = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  }, 'is not a date');

/** ISO 8601 in UTC with milliseconds: `2026-11-21T09:30:00.000Z`. */
export const instant = z.iso.datetime({ precision: 3 });

/** Asking the runtime about a zone is slow, and there are few: what was said once is remembered. */
const knownZones = new Set<string>();

function isZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    knownZones.add(name);
    return true;
  } catch {
    return false;
  }
}

/** IANA zone name that this runtime knows: `Europe/Brussels`. */
export const zone = z.string().max(64).refine(isZone, 'is not a time zone');

/** When something starts: an instant with the zone it was planned in, or a plain date when only a date is known. */
export const start = z.union([z.strictObject({ at: instant, zone }), z.strictObject({ date: day })]);
export type Start = z.infer<typeof start>;

/** How many times a record was written; a write names the version it read. */
export const version = z.int().min(1);

/** On every record: when and by whom (user id) it was made and last changed; `deletedAt` is null while it lives. */
export const stamps = z.object({
  version,
  createdAt: instant,
  createdBy: id,
  changedAt: instant,
  changedBy: id,
  deletedAt: instant.nullable(),
});

/** A reference that a screen can show: id and name. */
export const named = z.object({ id, name: z.string() });
export type Named = z.infer<typeof named>;

/** Reply of every write: `entry` is the journal entry's sequence number, by which it can be undone. */
export const written = z.object({ entry: z.int() });
