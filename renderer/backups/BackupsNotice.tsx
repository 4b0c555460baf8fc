import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { runCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { askAgain } from '../queries.ts';
import { text } from '../text.ts';
import { BarAction, BarNotice } from '../ui/BarNotice.tsx';

const words = text.backups.notice;
const queryKey = ['backups', 'status'];

/** Says that nothing is backed up, and why. It does not go away before that is put right. */
export function BackupsNotice() {
  const { data: status } = useQuery({ queryKey, queryFn: () => daybook.backups.status() });
  useEffect(() => daybook.on('backupsStatus', () => void askAgain({ queryKey })), []);
  const { settingsLost = false, dailyTrouble = null } = status ?? {};
  if (!settingsLost && dailyTrouble === null) return null;
  return (
    <BarNotice
      label={words.label}
      sentence={settingsLost ? words.sentence : words.daily(dailyTrouble ?? '')}
      isTrouble
    >
      <BarAction onClick={() => runCommand('backups.open')}>{words.open}</BarAction>
    </BarNotice>
  );
}
