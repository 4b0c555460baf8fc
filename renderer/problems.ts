import type { z } from 'zod';
import { text } from './text.ts';

/** What is wrong with one field, as a sentence that begins with its name; undefined when nothing is. */
export function problemOf(schema: z.ZodType, label: string, value: unknown): string | undefined {
  const result = schema.safeParse(value);
  if (result.success) return undefined;
  const issue = result.error.issues[0];
  const words = text.form;
  if (value === '' || value === null || value === undefined) return words.empty(label);
  if (typeof value === 'string' && value.trim() === '') return words.empty(label);
  if (issue?.code === 'too_big') {
    return issue.origin === 'array'
      ? words.tooMany(label, Number(issue.maximum))
      : words.tooLong(label, Number(issue.maximum));
  }
  if (issue?.code === 'too_small' && issue.origin === 'string')
    return words.tooShort(label, Number(issue.minimum));
  return words.notValid(label);
}

/** Leaves out the fields with which nothing is wrong. */
export function onlyProblems<F>(
  problems: Partial<Record<keyof F, string | undefined>>,
): Partial<Record<keyof F, string>> {
  const found = Object.entries(problems).filter(([, problem]) => problem !== undefined);
  return Object.fromEntries(found) as Partial<Record<keyof F, string>>;
}
