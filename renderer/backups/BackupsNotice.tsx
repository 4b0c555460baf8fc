import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { runCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { askAgain } from '../queries.ts';
import { text } from '../text.ts';
import { BarAction, BarNotice } from '../ui/BarNotice.tsx';

const words = text.backups.notice;
const queryKey = ['backups', 'status'];

/** Says that nothing is backed up until an administrator answers. It does not go away before that. */
export function BackupsNotice() {
  const { data: status } = useQuery({ queryKey, queryFn: () => daybook.backups.status() });
  useEffect(() => daybook.on('backupsStatus', () => void askAgain({ queryKey })), []);
  if (status?.settingsLost !== true) return null;
  return (
    <BarNotice label={words.label} sentence={words.sentence} isTrouble>
      <BarAction onClick={() => runCommand('backups.open')}>{words.open}</BarAction>
    </BarNotice>
  );
}
