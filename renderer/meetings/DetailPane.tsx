import { Button } from '@mantine/core';
import { memo } from 'react';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { durationText, instantText, officeZone, startText, weekdayText } from '../format.ts';
import { useNames } from '../names.ts';
import { text } from '../text.ts';
import { Facts } from '../ui/Facts.tsx';
import { marked } from '../ui/marked.tsx';
import { Pane } from '../ui/Pane.tsx';
import { Prose } from '../ui/Prose.tsx';
import { cueOf } from './Cue.tsx';
import styles from './DetailPane.module.css';

interface DetailPaneProps {
  readonly meeting: Meeting | undefined;
  /** Looked for in the list, and marked here too. */
  readonly searched: readonly string[];
  readonly canWrite: boolean;
  readonly onClose: () => void;
  readonly onEdit: (meeting: Meeting) => void;
  readonly onDelete: (meeting: Meeting) => void;
  readonly onMoreOfClient: (meeting: Meeting) => void;
}

const words = text.meetings.detail;

export const DetailPane = memo(function DetailPane(props: DetailPaneProps) {
  const { meeting, searched, canWrite, onClose, onEdit, onDelete, onMoreOfClient } = props;
  const pane = { label: words.label, closeLabel: words.close, onClose };
  if (!meeting) {
    return (
      <Pane {...pane} title={words.label}>
        <p className={styles.none}>{words.none}</p>
      </Pane>
    );
  }
  const buttons = (
    <>
      {canWrite && (
        <>
          <Button
            variant="default"
            onClick={() => {
              onEdit(meeting);
            }}
          >
            {text.edit}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              onDelete(meeting);
            }}
          >
            {text.delete}
          </Button>
        </>
      )}
      <Button
        variant="subtle"
        onClick={() => {
          onMoreOfClient(meeting);
        }}
      >
        {words.moreOfClient}
      </Button>
    </>
  );
  return (
    <Pane {...pane} title={marked(meeting.title, searched)} footer={buttons}>
      <MeetingFacts meeting={meeting} searched={searched} />
    </Pane>
  );
});

function startWords({ start }: Meeting): string {
  const here = `${weekdayText(start)} ${startText(start)}`;
  if ('date' in start || start.zone === officeZone()) return here;
  const there = new Intl.DateTimeFormat('en-GB', {
    timeZone: start.zone,
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${here} (${words.plannedIn(there.format(new Date(start.at)), start.zone)})`;
}

interface MeetingFactsProps {
  readonly meeting: Meeting;
  readonly searched: readonly string[];
}

function MeetingFacts({ meeting, searched }: MeetingFactsProps) {
  const { nameOf } = useNames();
  const written = (at: string, by: string): string => text.by(nameOf(by), instantText(at));
  return (
    <>
      <div className={styles.cues}>
        {cueOf('type', meeting.type)}
        {cueOf('status', meeting.status)}
        {cueOf('priority', meeting.priority)}
      </div>
      <Facts
        facts={[
          [words.client, <strong key="client">{marked(meeting.client.name, searched)}</strong>],
          [words.start, startWords(meeting)],
          ...(meeting.durationMinutes === null
            ? []
            : [[words.duration, durationText(meeting.durationMinutes)] as const]),
          [words.owner, meeting.owner.name],
          ...(meeting.tags.length > 0 ? [[words.tags, meeting.tags.join(', ')] as const] : []),
        ]}
      />
      <Prose title={words.details} empty={words.noDetails} words={searched}>
        {meeting.details}
      </Prose>
      <div className={styles.written}>
        <Facts
          facts={[
            [words.created, written(meeting.createdAt, meeting.createdBy)],
            ...(meeting.version > 1
              ? [[words.changed, written(meeting.changedAt, meeting.changedBy)] as const]
              : []),
          ]}
        />
      </div>
    </>
  );
}
