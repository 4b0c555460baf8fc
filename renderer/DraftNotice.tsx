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
import { BarAction, BarNotice } from './ui/BarNotice.tsx';
import type { UserFormSubject } from './users/UserForm.tsx';
import { emptyUser, userIn, type UserDraft } from './users/userDraft.ts';
import { readDraft, type KeptDraft } from './readDraft.ts';
import type { Typed } from './useRecordForm.tsx';

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

/** What an offer is of: the draft, its name on the screen, and how its record is read. */
interface Subject<R, D> {
  readonly typed: D | null;
  readonly nameOf: (draft: D) => string;
  readonly get: (id: string) => Promise<R>;
  readonly open: (record: R | null, typed: Typed<D>) => void;
}

/** Of a record that is gone, or not seen any more, what was typed becomes a new one. */
function offer<R, D>(
  { form, recordId }: KeptDraft,
  { typed, nameOf, get, open }: Subject<R, D>,
): Offer | null {
  if (!typed) return null;
  const record = (): Promise<R | null> | null => (recordId === null ? null : get(recordId).catch(() => null));
  return {
    name: nameOf(typed),
    open: async () => {
      open(await record(), { form, fields: typed });
    },
  };
}

function offerOf(kept: KeptDraft, props: DraftNoticeProps): Offer | null {
  const { noun, fields } = kept;
  const { user, onMeeting, onClient, onUser } = props;
  if (noun === 'meeting')
    return offer(kept, {
      typed: readDraft<MeetingDraft>(fields, newDraft(user.id, null)),
      nameOf: ({ title }) => title,
      get: (id) => daybook.meetings.get({ id }),
      open: (meeting, typed) => onMeeting({ ...(meeting && { meeting }), typed }),
    });
  if (noun === 'client')
    return offer(kept, {
      typed: readDraft<ClientDraft>(fields, emptyClient),
      nameOf: ({ name }) => name,
      get: (id) => daybook.clients.get({ id }),
      open: (client, typed) => onClient({ ...(client && { client }), typed }),
    });
  // Who was an administrator need not be one any more.
  if (user.role !== 'administrator') return null;
  return offer(kept, {
    typed: readDraft<UserDraft>(fields, emptyUser),
    nameOf: ({ displayName }) => displayName,
    get: async (id) => userIn((await daybook.users.list()).users, id),
    open: (other, typed) => onUser({ ...(other && { user: other }), typed }),
  });
}

/** Offers what somebody was typing when the program ended without being asked to. */
export function DraftNotice(props: DraftNoticeProps) {
  const [isDone, setDone] = useState(false);
  const { data, refetch } = useQuery({
    queryKey: ['draft', props.user.id],
    queryFn: () => daybook.drafts.kept(),
    staleTime: Infinity,
    gcTime: 0,
  });
  const draft = data?.draft ?? null;
  const offered = draft && offerOf(draft, props);
  if (isDone || !draft || !offered) return null;
  const goOn = (): void => {
    setDone(true);
    void offered.open();
  };
  const giveUp = (): void => {
    // There may be another one behind it.
    void daybook.drafts
      .forget({ form: draft.form })
      .catch(() => undefined)
      .then(() => refetch());
  };
  return (
    <BarNotice
      label={words.label[draft.noun]}
      sentence={words.sentence(words.a[draft.noun], offered.name, instantText(draft.at))}
    >
      <BarAction onClick={goOn}>{words.goOn}</BarAction>
      <BarAction isLesser onClick={giveUp}>
        {words.giveUp}
      </BarAction>
    </BarNotice>
  );
}
