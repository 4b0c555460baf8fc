import type { Client } from '../../electron/contract/clients.ts';

/** A client as the form holds it while somebody types. */
export interface ClientDraft {
  readonly name: string;
  readonly kind: Client['kind'];
  readonly city: string;
  readonly ownerId: string | null;
  readonly notes: string;
}

export const emptyClient: ClientDraft = { name: '', kind: 'company', city: '', ownerId: null, notes: '' };

export const clientDraftOf = ({ name, kind, city, owner, notes }: Client): ClientDraft => ({
  name,
  kind,
  city,
  ownerId: owner?.id ?? null,
  notes,
});
