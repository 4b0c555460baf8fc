import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Meeting } from '../../electron/contract/meetings.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import type { Named } from '../../electron/contract/values.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { useFields } from '../ui/useFields.ts';
import { offerUndo } from '../undo.tsx';
import { useSave } from '../useSave.ts';
import { write } from '../writes.ts';
import { MeetingInputs } from './MeetingInputs.tsx';
import { draftOf, draftProblems, fieldsOf, newDraft } from './meetingDraft.ts';
import type { MeetingDraft } from './meetingDraft.ts';

export interface MeetingFormSubject {
  /** The meeting to change; a new one without it. */
  readonly meeting?: Meeting;
  /** Client of a new meeting, when it was begun from one. */
  readonly client?: Named;
}

interface MeetingFormProps {
  readonly user: SignedInUser;
  readonly subject: MeetingFormSubject;
  readonly onClose: () => void;
}

const words = text.meetings.form;

async function saveMeeting(draft: MeetingDraft, before: Meeting | undefined): Promise<void> {
  const fields = fieldsOf(draft, before?.start);
  if (!before) {
    const { meeting, entry } = await write({ createMeeting: fields }, (writeId) =>
      daybook.meetings.create({ writeId, fields }),
    );
    offerUndo(text.meetings.created(meeting.title), entry);
    return;
  }
  const { id, version } = before;
  const { meeting, entry } = await write({ updateMeeting: id, version, fields }, (writeId) =>
    daybook.meetings.update({ writeId, id, version, fields }),
  );
  offerUndo(text.meetings.changedNote(meeting.title), entry);
}

export default function MeetingForm({ user, subject, onClose }: MeetingFormProps) {
  const [before, setBefore] = useState(subject.meeting);
  const [initial, setInitial] = useState(() =>
    subject.meeting ? draftOf(subject.meeting) : newDraft(user.id, subject.client ?? null),
  );
  const fields = useFields<MeetingDraft>(initial, draftProblems);
  const { busy, failure, save } = useSave();

  const loadOther = async (): Promise<void> => {
    if (!before) return;
    const other = await daybook.meetings.get({ id: before.id });
    setBefore(other);
    setInitial(draftOf(other));
    fields.setAll(draftOf(other));
  };

  return (
    <FormModal
      title={subject.meeting ? words.editTitle : words.createTitle}
      submitLabel={subject.meeting ? words.save : words.create}
      cancelLabel={text.cancel}
      size={640}
      busy={busy}
      changed={fields.values !== initial}
      failure={failure ? failureText(failure) : ''}
      remedy={
        failure?.code === 'CONFLICT' && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              save(loadOther);
            }}
          >
            {text.form.loadOther}
          </Button>
        )
      }
      onClose={onClose}
      onSubmit={() => {
        if (!fields.check()) return;
        save(async () => {
          await saveMeeting(fields.values, before);
          onClose();
        });
      }}
    >
      <MeetingInputs fields={fields} />
    </FormModal>
  );
}
