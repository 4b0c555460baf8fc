import { Button } from '@mantine/core';
import type { ClientRow } from '../../electron/contract/clients.ts';
import type { Named } from '../../electron/contract/values.ts';
import { instantText } from '../format.ts';
import { useNames } from '../names.ts';
import { text } from '../text.ts';
import { Facts } from '../ui/Facts.tsx';
import { Pane } from '../ui/Pane.tsx';
import { Prose } from '../ui/Prose.tsx';
import styles from './ClientsScreen.module.css';

interface ClientPaneProps {
  readonly client: ClientRow | undefined;
  readonly canWrite: boolean;
  readonly onClose: () => void;
  readonly onEdit: (client: ClientRow) => void;
  readonly onDelete: (client: ClientRow) => void;
  readonly onShowMeetings: (client: Named) => void;
  readonly onCreateMeeting: (client: Named) => void;
}

const words = text.clients;

export function ClientPane(props: ClientPaneProps) {
  const { client, canWrite, onClose, onEdit, onDelete, onShowMeetings, onCreateMeeting } = props;
  const { nameOf } = useNames();
  const pane = { label: words.detail.label, closeLabel: words.detail.close, onClose };
  if (!client) {
    return (
      <Pane {...pane} title={words.detail.label}>
        <p className={styles.none}>{words.detail.none}</p>
      </Pane>
    );
  }
  const button = (label: string, run: (client: ClientRow) => void, variant = 'default') => (
    <Button
      variant={variant}
      onClick={() => {
        run(client);
      }}
    >
      {label}
    </Button>
  );
  const buttons = (
    <>
      {button(words.showMeetings, onShowMeetings)}
      {canWrite && button(words.detail.newMeeting, onCreateMeeting)}
      {canWrite && button(text.edit, onEdit)}
      {canWrite && button(text.delete, onDelete)}
    </>
  );
  const written = (at: string, by: string): string => text.by(nameOf(by), instantText(at));
  return (
    <Pane {...pane} title={client.name} footer={buttons}>
      <Facts
        facts={[
          [words.columns.kind, words.kinds[client.kind]],
          ...(client.city ? [[words.columns.city, client.city] as const] : []),
          ...(client.owner ? [[words.columns.owner, client.owner.name] as const] : []),
          [words.columns.meetings, words.meetingCount(client.meetings)],
        ]}
      />
      <Prose title={words.detail.notes} empty={words.detail.noNotes}>
        {client.notes}
      </Prose>
      <div className={styles.written}>
        <Facts
          facts={[
            [words.detail.created, written(client.createdAt, client.createdBy)],
            ...(client.version > 1
              ? [[words.detail.changed, written(client.changedAt, client.changedBy)] as const]
              : []),
          ]}
        />
      </div>
    </Pane>
  );
}
