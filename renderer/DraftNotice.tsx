import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SignedInUser } from '../electron/contract/session.ts';
import type { ClientFormSubject } from './clients/ClientForm.tsx';
import { emptyClient, type ClientDraft } from './clients/clientDraft.ts';
import { daybook } from './daybook.ts';
import { instantText } from './format.ts';
import type { MeetingFormSubject } from './meetings/MeetingForm.tsx';
import { newDraft, type MeetingDraft } from './meetings/meetingDraft.ts';
import { text } from './text.ts';
import styles from './updates/UpdateNotice.module.css';
import type { UserFormSubject } from './users/UserForm.tsx';
import { emptyUser, userIn, type UserDraft } from './users/userDraft.ts';
import { readDraft, type KeptDraft } from './readDraft.ts';

const words = text.drafts;

interface DraftNoticeProps {
  readonly user: SignedInUser;
  readonly onMeeting: (subject: MeetingFormSubject) => void;
  readonly onClient: (subject: ClientFormSubject) => void;
  readonly onUser: (subject: UserFormSubject) => void;
}

/** How a draft is told of, and opened again. */
interface Offer {
  readonly name: string;
  readonly open: () => Promise<void>;
}

/** Of a record that is gone, or not seen any more, what was typed becomes a new one. */
const stillThere = async <R,>(id: string | null, get: (id: string) => Promise<R>): Promise<R | null> =>
  id === null ? null : get(id).catch(() => null);

function offerOfUser(
  recordId: string | null,
  typed: UserDraft | null,
  { user: { role }, onUser }: DraftNoticeProps,
): Offer | null {
  // Who was an administrator need not be one any more.
  if (!typed || role !== 'administrator') return null;
  const open = async (): Promise<void> => {
    const user = await stillThere(recordId, async (id) => userIn((await daybook.users.list()).users, id));
    onUser({ ...(user && { user }), typed });
  };
  return { name: typed.displayName, open };
}

function offerOf({ noun, recordId, fields }: KeptDraft, props: DraftNoticeProps): Offer | null {
  if (noun === 'meeting') {
    const typed = readDraft<MeetingDraft>(fields, newDraft(props.user.id, null));
    const open = async (draft: MeetingDraft): Promise<void> => {
      const meeting = await stillThere(recordId, (id) => daybook.meetings.get({ id }));
      props.onMeeting({ ...(meeting && { meeting }), typed: draft });
    };
    return typed && { name: typed.title, open: () => open(typed) };
  }
  if (noun === 'user') return offerOfUser(recordId, readDraft<UserDraft>(fields, emptyUser), props);
  const typed = readDraft<ClientDraft>(fields, emptyClient);
  const open = async (draft: ClientDraft): Promise<void> => {
    const client = await stillThere(recordId, (id) => daybook.clients.get({ id }));
    props.onClient({ ...(client && { client }), typed: draft });
  };
  return typed && { name: typed.name, open: () => open(typed) };
}

/** Offers what somebody was typing when the program ended without being asked to. */
export function DraftNotice(props: DraftNoticeProps) {
  const [isDone, setDone] = useState(false);
  const { data } = useQuery({
    queryKey: ['draft', props.user.id],
    queryFn: () => daybook.drafts.kept(),
    staleTime: Infinity,
    gcTime: 0,
  });
  const draft = data?.draft ?? null;
  const offer = draft && offerOf(draft, props);
  if (isDone || !draft || !offer) return null;
  const goOn = (): void => {
    setDone(true);
    void offer.open();
  };
  const giveUp = (): void => {
    setDone(true);
    daybook.drafts.keep({ draft: null }).catch(() => undefined);
  };
  return (
    <section className={styles.notice} aria-label={words.label[draft.noun]}>
      <span className={styles.sentence} role="status">
        {words.sentence(words.a[draft.noun], offer.name, instantText(draft.at))}
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
