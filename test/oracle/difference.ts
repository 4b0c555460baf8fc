import { isDeepStrictEqual } from 'node:util';
import type { Office } from '../support/oracle/office.ts';
import type { Client, Meeting } from '../support/oracle/types.ts';

/** A meeting of the oracle as the contract shows it. */
export function meetingRow(office: Office, meeting: Meeting): object {
  const { clientId, ownerId, deleted: _, externalId: _id, ...rest } = meeting;
  return {
    ...rest,
    client: { id: clientId, name: office.clientName(clientId) },
    owner: { id: ownerId, name: office.ownerName(ownerId) },
    deletedAt: null,
  };
}

/** A client of the oracle as the contract shows it. */
export function clientRow(
  office: Office,
  { deleted: _, ownerId, ...rest }: Client & { meetings?: number },
): object {
  const owner = ownerId === null ? null : { id: ownerId, name: office.ownerName(ownerId) };
  return { ...rest, owner, deletedAt: null };
}

/** @returns where two plain values first differ, and how; null when they are the same */
export function difference(expected: unknown, got: unknown, path = ''): string | null {
  if (isDeepStrictEqual(expected, got)) return null;
  if (!isGroup(expected) || !isGroup(got) || Array.isArray(expected) !== Array.isArray(got)) {
    return `${path || 'answer'}: expected ${shown(expected)}, got ${shown(got)}`;
  }
  for (const name of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    const found = difference(expected[name], got[name], path ? `${path}.${name}` : name);
    if (found) return found;
  }
  return `${path || 'answer'}: not the same`;
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
};
