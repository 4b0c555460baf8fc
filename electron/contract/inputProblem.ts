import type { z } from 'zod';

/** Fields whose name in the contract is not how people say it. Only the last name of a path counts. */
const plainNames: Readonly<Record<string, string>> = {
  id: 'reference',
  writeId: 'write id',
  clientId: 'client',
  ownerId: 'owner',
  userName: 'user name',
  displayName: 'name',
  durationMinutes: 'duration',
  at: 'time',
  zone: 'time zone',
  tags: 'list of tags',
  details: 'text of the details',
  notes: 'text of the notes',
  where: 'filter',
  text: 'search text',
  search: 'search text',
  sort: 'sort order',
  start: 'date',
  offset: 'position',
  cursor: 'position',
  limit: 'number of rows',
  seesAllClients: 'visibility',
  add: 'list of clients',
  remove: 'list of clients',
  handle: 'file',
  path: 'file path',
  before: 'journal entry',
  entry: 'journal entry',
  columns: 'list of columns',
  recoveryCode: 'recovery code',
  dateOrder: 'order of dates',
};
/** Said as they are written. */
const sameNames = new Set([
  'title', 'type', 'status', 'priority', 'date', 'name', 'kind', 'city', 'role', 'password',
  'version', 'colour', 'facet', 'facets', 'administrator', 'mapping', 'active',
]); // prettier-ignore
/** What one item of a list is called. */
const itemNames: Readonly<Record<string, string>> = {
  tags: 'tag',
  sort: 'sort order',
  facets: 'facet',
  add: 'client',
  remove: 'client',
  columns: 'column',
};

function plainName(path: readonly PropertyKey[]): string {
  if (path[0] === 'where') return 'filter';
  const last = path.at(-1);
  if (typeof last === 'number') return itemNames[String(path.at(-2))] ?? 'list';
  const name = String(last ?? '');
  return plainNames[name] ?? (sameNames.has(name) ? name : 'request');
}

const plural = (count: number | bigint, one: string): string =>
  `${String(count)} ${one}${Number(count) === 1 ? '' : 's'}`;

function tooBig(issue: z.core.$ZodIssueTooBig): string {
  if (issue.origin === 'string') return `is longer than ${plural(issue.maximum, 'character')}`;
  if (issue.origin === 'array') return `holds more than ${plural(issue.maximum, 'item')}`;
  return `is greater than ${String(issue.maximum)}`;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): string {
  if (issue.origin === 'string') return `is shorter than ${plural(issue.minimum, 'character')}`;
  if (issue.origin === 'array') return `holds fewer than ${plural(issue.minimum, 'item')}`;
  return `is less than ${String(issue.minimum)}`;
}

/** What is wrong, as the end of a sentence. Never repeats what was typed: issues of zod carry no input, and their texts are not used. */
function problem(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'is missing' : 'is of the wrong kind';
    case 'invalid_value':
      return 'is not one of the known values';
    case 'unrecognized_keys':
      return 'holds something unknown';
    case 'custom':
      return issue.message;
    case 'invalid_format':
      // Patterns of ours come with their own words; built-in formats come with zod's.
      return issue.format === 'regex' ? issue.message : 'is not in the expected form';
    default:
      return 'is not valid';
  }
}

/** Detail of INVALID_INPUT for a refused input: `The title is longer than 300 characters` (no full stop). */
export function inputProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'The request is not valid';
  return `The ${plainName(issue.path)} ${problem(issue)}`;
}
