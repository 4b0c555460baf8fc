import { useState } from 'react';
import { text } from '../text.ts';
import { BarAction, BarNotice } from '../ui/BarNotice.tsx';
import { useUpdates } from './useUpdates.ts';

const words = text.updates.notice;

/** Says calmly that a newer version is there, once a session for each; for administrators. */
export function UpdateNotice({ onOpen }: { readonly onOpen: () => void }) {
  const { data: status } = useUpdates();
  const [putOff, setPutOff] = useState('');
  const version = status?.state === 'found' ? status.found?.version : undefined;
  if (version === undefined || version === putOff) return null;
  return (
    <BarNotice label={words.label} sentence={words.sentence(version)}>
      <BarAction onClick={onOpen}>{words.open}</BarAction>
      <BarAction
        isLesser
        onClick={() => {
          setPutOff(version);
        }}
      >
        {words.later}
      </BarAction>
    </BarNotice>
  );
}
