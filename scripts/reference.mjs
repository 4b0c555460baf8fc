// Writes electron/contract/REFERENCE.md: every call with its shapes, units and failures, from the contract itself.
// A test fails when the file and the contract have drifted apart.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { contract, events } from '../electron/contract/index.ts';
import { condition, whereLimits } from '../electron/contract/meetings.ts';

const file = path.resolve(import.meta.dirname, '../electron/contract/REFERENCE.md');

const access = {
  anyone: 'anyone, before sign-in too',
  signedIn: 'every signed-in user',
  writer: 'every role except read-only',
  importer: 'administrators and managers',
  administrator: 'administrators',
};

/** Failures that any call may answer with, by who may make it. */
const usual = (call) => [
  'INVALID_INPUT',
  ...(call.access === 'anyone' ? [] : ['SIGNED_OUT']),
  'STORE_UNAVAILABLE',
  'INTERNAL',
];

const limits = (schema) => {
  const said = [];
  if (schema.minLength !== undefined || schema.maxLength !== undefined) {
    said.push(`${schema.minLength ?? 0}–${schema.maxLength ?? ''} characters`);
  }
  const isBounded = (bound) => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (isBounded(schema.minimum)) said.push(`from ${schema.minimum}`);
  if (isBounded(schema.maximum)) said.push(`to ${schema.maximum}`);
  if (schema.minItems !== undefined) said.push(`at least ${schema.minItems}`);
  if (schema.maxItems !== undefined) said.push(`at most ${schema.maxItems}`);
  if (schema.default !== undefined) said.push(`else ${JSON.stringify(schema.default)}`);
  return said.length > 0 ? ` /* ${said.join(', ')} */` : '';
};

const isNull = (schema) => schema.type === 'null';

/** A JSON schema in the notation of TypeScript, with limits as comments. */
function shape(schema, indent) {
  if (schema.title) return schema.title;
  if (schema.$ref) return 'Where';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const some = choices.filter((choice) => !isNull(choice)).map((choice) => shape(choice, indent));
    return [...new Set(some), ...(choices.some(isNull) ? ['null'] : [])].join(' | ') + limits(schema);
  }
  if (schema.allOf) return schema.allOf.map((part) => shape(part, indent)).join(' & ');
  if (schema.type === 'array') {
    if (schema.prefixItems) return `[${schema.prefixItems.map((item) => shape(item, indent)).join(', ')}]`;
    return `(${shape(schema.items ?? {}, indent)})[]${limits(schema)}`;
  }
  if (schema.type === 'object') return object(schema, indent);
  return `${[schema.type ?? 'unknown'].flat().join(' | ')}${limits(schema)}`;
}

function object(schema, indent) {
  const inner = `${indent}  `;
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => `${inner}${name}${required.has(name) ? '' : '?'}: ${shape(field, inner)}`,
  );
  if (fields.length === 0) {
    const values = schema.additionalProperties;
    return values && typeof values === 'object' ? `{ [name]: ${shape(values, indent)} }` : '{}';
  }
  return `{\n${fields.join('\n')}\n${indent}}`;
}

const typed = (schema, io) =>
  shape(z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'ref', reused: 'inline' }), '');

function describe(noun, name, call) {
  return [
    `### ${noun}.${name}`,
    '',
    call.summary,
    '',
    `May be called by: ${access[call.access]}. Failures: ${[...new Set([...call.failures, ...usual(call)])].join(', ')}.`,
    '',
    '```ts',
    `input: ${typed(call.input, 'input')}`,
    `output: ${typed(call.output, 'output')}`,
    '```',
    '',
  ];
}

/** The whole text. */
export function reference() {
  const lines = [
    '# Calls of the window to the main process',
    '',
    'Generated from the contract by `npm run reference`. Each call is `window.daybook.<noun>.<call>(input)`; it resolves to the output or',
    'rejects with `{ code, detail, message }`, where `message` is one sentence for the person. Ids are UUIDs version 7; instants are ISO 8601',
    'in UTC with milliseconds; days are `YYYY-MM-DD`; durations are minutes; sizes are bytes; `share` is 0 to 1.',
    '',
  ];
  lines.push('## Where', '', 'The filter tree of `meetings.filter`: a condition, or a group of trees.', '');
  lines.push('```ts', `Condition: ${typed(condition, 'input')}`);
  lines.push('Where: Condition | { all: Where[] } | { any: Where[] } | { none: Where[] }');
  lines.push(
    `// at most ${whereLimits.depth} groups deep, at most ${whereLimits.conditions} conditions`,
    '```',
    '',
  );
  for (const [noun, calls] of Object.entries(contract)) {
    lines.push(`## ${noun}`, '');
    for (const [name, call] of Object.entries(calls)) lines.push(...describe(noun, name, call));
  }
  lines.push(
    '## Events',
    '',
    '`window.daybook.on(event, listen)` answers a function that stops listening.',
    '',
  );
  for (const [name, schema] of Object.entries(events))
    lines.push('```ts', `${name}: ${typed(schema, 'output')}`, '```', '');
  return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, reference());
