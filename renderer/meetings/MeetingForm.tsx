import type { Meeting } from '../../electron/contract/meetings.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import type { Named } from '../../electron/contract/values.ts';
import { daybook } from '../daybook.ts';
import { text } from '../text.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { offerUndo } from '../undo.tsx';
import type { Announce } from '../sendForm.ts';
import { useRecordForm, type Typed } from '../useRecordForm.tsx';
import { write } from '../writes.ts';
import { MeetingInputs } from './MeetingInputs.tsx';
import { draftOf, draftProblems, fieldsOf, newDraft } from './meetingDraft.ts';
import type { MeetingDraft } from './meetingDraft.ts';

export interface MeetingFormSubject {
  /** The meeting to change; a new one without it. */
  readonly meeting?: Meeting;
  /** Client of a new meeting, when it was begun from one. */
  readonly client?: Named;
  /** What was typed before a crash. */
  readonly typed?: Typed<MeetingDraft>;
}

interface MeetingFormProps {
  readonly user: SignedInUser;
  readonly subject: MeetingFormSubject;
  readonly onClose: () => void;
}

const words = text.meetings.form;

async function saveMeeting(
  draft: MeetingDraft,
  before: Meeting | undefined,
  announce: Announce,
): Promise<Meeting> {
  const fields = fieldsOf(draft, before?.start);
  if (!before) {
    const { meeting, entry } = await write(
      { createMeeting: fields },
      (writeId) => daybook.meetings.create({ writeId, fields }),
      announce,
    );
    offerUndo(text.meetings.created(meeting.title), entry);
    return meeting;
  }
  const { id, version } = before;
  const { meeting, entry } = await write(
    { updateMeeting: id, version, fields },
    (writeId) => daybook.meetings.update({ writeId, id, version, fields }),
    announce,
  );
  offerUndo(text.meetings.changedNote(meeting.title), entry);
  return meeting;
}

export default function MeetingForm({ user, subject, onClose }: MeetingFormProps) {
  const { fields, modal } = useRecordForm<Meeting, MeetingDraft>({
    keeping: { noun: 'meeting', idOf: ({ id }) => id },
    record: subject.meeting,
    emptyDraft: () => newDraft(user.id, subject.client ?? null),
    draftOf,
    typed: subject.typed,
    problems: draftProblems,
    load: ({ id }) => daybook.meetings.get({ id }),
    save: saveMeeting,
    onClose,
  });
  return (
    <FormModal
      {...modal}
      title={subject.meeting ? words.editTitle : words.createTitle}
      submitLabel={subject.meeting ? words.save : words.create}
      size={640}
    >
      <MeetingInputs fields={fields} />
    </FormModal>
  );
}
