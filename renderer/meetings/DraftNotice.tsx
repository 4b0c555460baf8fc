import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { daybook } from '../daybook.ts';
import { instantText } from '../format.ts';
import { text } from '../text.ts';
import styles from '../updates/UpdateNotice.module.css';
import type { MeetingFormSubject } from './MeetingForm.tsx';
import { newDraft, type MeetingDraft } from './meetingDraft.ts';

const words = text.meetings.draft;

/** A draft of a form as it is today; null when it is of another form. */
function readDraft(fields: string, user: SignedInUser): MeetingDraft | null {
  try {
    const read = JSON.parse(fields) as Record<string, unknown>;
    const today: Record<string, unknown> = { ...newDraft(user.id, null) };
    const isAlike = Object.keys(today).every(
      (name) => name in read && Array.isArray(read[name]) === Array.isArray(today[name]),
    );
    return isAlike ? (read as unknown as MeetingDraft) : null;
  } catch {
    return null;
  }
}

/** Of a meeting that is gone, or not seen any more, what was typed becomes a new one. */
async function subjectOf(meetingId: string | null, typed: MeetingDraft): Promise<MeetingFormSubject> {
  const meeting = meetingId && (await daybook.meetings.get({ id: meetingId }).catch(() => null));
  return meeting ? { meeting, typed } : { typed };
}

interface DraftNoticeProps {
  readonly user: SignedInUser;
  readonly onContinue: (subject: MeetingFormSubject) => void;
}

/** Offers what somebody was typing when the program ended without being asked to. */
export function DraftNotice({ user, onContinue }: DraftNoticeProps) {
  const [isDone, setDone] = useState(false);
  const { data } = useQuery({
    queryKey: ['draft', user.id],
    queryFn: () => daybook.drafts.kept(),
    staleTime: Infinity,
    gcTime: 0,
  });
  const draft = data?.draft ?? null;
  const typed = draft && readDraft(draft.fields, user);
  if (isDone || !draft || !typed) return null;
  const goOn = (): void => {
    setDone(true);
    void subjectOf(draft.meetingId, typed).then(onContinue);
  };
  const giveUp = (): void => {
    setDone(true);
    daybook.drafts.keep({ draft: null }).catch(() => undefined);
  };
  return (
    <section className={styles.notice} aria-label={words.label}>
      <span className={styles.sentence} role="status">
        {words.sentence(typed.title, instantText(draft.at))}
      </span>
      <Button size="compact-xs" variant="default" onClick={goOn}>
        {words.goOn}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={giveUp}>
        {words.giveUp}
      </Button>
    </section>
  );
}
