import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { BackupFacts, BackupsAnswer } from '../../electron/contract/backups.ts';
import { bytesText, momentText } from '../format.ts';
import { text } from '../text.ts';
import { DialogTrouble } from '../ui/Dialog.tsx';
import { Facts } from '../ui/Facts.tsx';
import styles from './BackupsDialog.module.css';
import type { BackupsDesk } from './useBackups.ts';

const words = text.backups;

interface ListProps {
  readonly desk: BackupsDesk;
  readonly answer: BackupsAnswer;
}

/** @param trouble what went wrong last, beside the buttons: the list above may be long */
export function BackupList({ desk, answer, trouble }: ListProps & { readonly trouble: ReactNode }) {
  const { isOpen, folder, backups, others, isReachable, settingsLost } = answer;
  const intro = isOpen ? words.intro : folder === null ? words.noOffice : words.notOpen;
  return (
    <>
      <p className={styles.hint}>{intro}</p>
      {folder !== null && (
        <>
          {backups.length === 0 ? (
            <p className={styles.sentence}>{isReachable ? words.none : words.unreachable}</p>
          ) : (
            <Table backups={backups} desk={desk} />
          )}
          {backups.some(({ isJournalWhole }) => !isJournalWhole) && (
            <p className={styles.hint}>{words.journalHint}</p>
          )}
          {others > 0 && <p className={styles.hint}>{words.others(others)}</p>}
          <Settings desk={desk} answer={answer} folder={folder} />
          {isOpen && (
            <p className={styles.aside}>
              {words.exportHint}
              <Button size="compact-sm" variant="subtle" disabled={desk.busy} onClick={desk.toExport}>
                {words.export}
              </Button>
            </p>
          )}
        </>
      )}
      <div className={styles.foot}>
        <p role="status" className={styles.sentence}>
          {statusOf(desk, answer)}
        </p>
        {trouble}
        <div className={styles.buttons}>
          <Button
            size="sm"
            variant={folder === null ? 'filled' : 'default'}
            disabled={desk.busy}
            onClick={desk.chooseFile}
          >
            {words.fromFile}
          </Button>
          {isOpen && !settingsLost && (
            <Button size="sm" data-autofocus loading={desk.busy} onClick={desk.create}>
              {words.create}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}

function statusOf({ made }: BackupsDesk, { busy }: BackupsAnswer): string {
  if (busy === 'making') return words.making;
  if (busy === 'restoring') return words.restoring;
  return made ? words.made(bytesText(made.bytes)) : '';
}

function Table({ backups, desk }: { readonly backups: readonly BackupFacts[]; readonly desk: BackupsDesk }) {
  const { columns } = words;
  return (
    <div className={styles.scrolled} tabIndex={0} role="group" aria-label={words.table}>
      <table className={styles.table} aria-label={words.table}>
        <thead>
          <tr>
            <th scope="col">{columns.made}</th>
            <th scope="col">{columns.reason}</th>
            <th scope="col">{columns.version}</th>
            <th scope="col" className={styles.number}>
              {columns.size}
            </th>
            <th scope="col">{columns.state}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {backups.map((backup) => (
            <Row key={backup.id} backup={backup} desk={desk} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ backup, desk }: { readonly backup: BackupFacts; readonly desk: BackupsDesk }) {
  const moment = momentText(backup.madeAt);
  return (
    <tr>
      <th scope="row">{moment}</th>
      <td>{words.reason(backup.reason)}</td>
      <td>{backup.appVersion}</td>
      <td className={styles.number}>{bytesText(backup.bytes)}</td>
      <td>
        <span className={backup.isVerified ? styles.verified : styles.damaged}>
          {backup.isVerified ? (
            <IconCircleCheck size={15} aria-hidden />
          ) : (
            <IconAlertTriangle size={15} aria-hidden />
          )}
          {backup.isVerified ? words.verified : words.damaged}
          {backup.isEncrypted && `, ${words.encrypted}`}
          {!backup.isJournalWhole && `, ${words.journalDamaged}`}
        </span>
      </td>
      <td className={styles.number}>
        {backup.isVerified && (
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={desk.busy}
            aria-label={words.restoreOf(moment)}
            onClick={() => {
              desk.toRestore(backup);
            }}
          >
            {words.restore}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Settings({ desk, answer, folder }: ListProps & { readonly folder: string }) {
  const { isOpen, hasPassphrase, settingsLost } = answer;
  const encryption = hasPassphrase ? words.hasPassphrase : words.hasNone;
  return (
    <div className={styles.settings}>
      {settingsLost && <DialogTrouble>{isOpen ? words.lost : words.lostNotOpen}</DialogTrouble>}
      <Facts
        facts={[
          [words.folder, <span className={styles.path}>{folder}</span>],
          [words.passphrase, settingsLost ? words.notKnown : encryption],
        ]}
      />
      {isOpen && (
        <div className={styles.changes}>
          <Button size="compact-sm" variant="default" disabled={desk.busy} onClick={desk.chooseFolder}>
            {words.otherFolder}
          </Button>
          <Button size="compact-sm" variant="default" disabled={desk.busy} onClick={desk.toPassphrase}>
            {hasPassphrase ? words.changePassphrase : words.setPassphrase}
          </Button>
          {(hasPassphrase || settingsLost) && (
            <Button size="compact-sm" variant="subtle" disabled={desk.busy} onClick={desk.clearPassphrase}>
              {settingsLost ? words.goOnWithout : words.clearPassphrase}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
