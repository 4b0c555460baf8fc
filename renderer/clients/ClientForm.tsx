import { Select, Textarea, TextInput } from '@mantine/core';
import { clientFields } from '../../electron/contract/clients.ts';
import { clientKinds } from '../../electron/contract/clientValues.ts';
import type { Client } from '../../electron/contract/clients.ts';
import { daybook } from '../daybook.ts';
import { useUserOptions } from '../names.ts';
import { onlyProblems, problemOf } from '../problems.ts';
import { text } from '../text.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { offerUndo } from '../undo.tsx';
import type { Announce } from '../sendForm.ts';
import { useRecordForm, type Typed } from '../useRecordForm.tsx';
import { write } from '../writes.ts';
import { clientDraftOf, emptyClient, type ClientDraft } from './clientDraft.ts';

export interface ClientFormSubject {
  /** The client to change; a new one without it. */
  readonly client?: Client;
  /** What was typed before a crash. */
  readonly typed?: Typed<ClientDraft>;
}

interface ClientFormProps {
  readonly subject: ClientFormSubject;
  readonly onClose: () => void;
}

const words = text.clients.form;
const schema = clientFields.shape;
const kinds = clientKinds.map((value) => ({ value, label: text.clients.kinds[value] }));
/** Among ids of users, none of which looks like it. */
const nobody = 'nobody';
const problems = (draft: ClientDraft) =>
  onlyProblems<ClientDraft>({
    name: problemOf(schema.name, words.name, draft.name),
    city: draft.city === '' ? undefined : problemOf(schema.city, words.city, draft.city),
    notes: draft.notes === '' ? undefined : problemOf(schema.notes, words.notes, draft.notes),
  });

async function saveClient(
  draft: ClientDraft,
  before: Client | undefined,
  announce: Announce,
): Promise<Client> {
  const fields = { ...draft, name: draft.name.trim() };
  if (!before) {
    const { client, entry } = await write(
      { createClient: fields },
      (writeId) => daybook.clients.create({ writeId, fields }),
      announce,
    );
    offerUndo(text.clients.created(client.name), entry);
    return client;
  }
  const { id, version } = before;
  const { client, entry } = await write(
    { updateClient: id, version, fields },
    (writeId) => daybook.clients.update({ writeId, id, version, fields }),
    announce,
  );
  offerUndo(text.clients.changedNote(client.name), entry);
  return client;
}

export default function ClientForm({ subject, onClose }: ClientFormProps) {
  const { client, typed } = subject;
  const users = useUserOptions();
  const { fields, modal } = useRecordForm<Client, ClientDraft>({
    keeping: { noun: 'client', idOf: ({ id }) => id },
    record: client,
    emptyDraft: () => emptyClient,
    draftOf: clientDraftOf,
    typed,
    problems,
    load: ({ id }) => daybook.clients.get({ id }),
    save: saveClient,
    onClose,
  });
  return (
    <FormModal
      {...modal}
      title={client ? words.editTitle : words.createTitle}
      submitLabel={client ? words.save : words.create}
    >
      <TextInput label={words.name} withAsterisk data-autofocus maxLength={200} {...fields.bind('name')} />
      <Select
        wrapperProps={{ 'data-span': 3 }}
        label={words.kind}
        data={kinds}
        value={fields.values.kind}
        onChange={(kind) => {
          if (kind) fields.set('kind', kind);
        }}
      />
      <TextInput
        wrapperProps={{ 'data-span': 3 }}
        label={words.city}
        maxLength={100}
        {...fields.bind('city')}
      />
      <Select
        label={words.owner}
        searchable
        nothingFoundMessage={words.noUser}
        data={[{ value: nobody, label: words.nobody }, ...users]}
        value={fields.values.ownerId ?? nobody}
        onChange={(owner) => {
          fields.set('ownerId', owner === nobody ? null : owner);
        }}
      />
      <Textarea
        label={words.notes}
        autosize
        minRows={4}
        maxRows={10}
        maxLength={20_000}
        {...fields.bind('notes')}
      />
    </FormModal>
  );
}
