import { Button } from '@mantine/core';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import { isPlaceTrouble, placeSentence } from '../../electron/contract/places.ts';
import { runCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { useSave } from '../useSave.ts';
import { DamageFacts } from './DamageFacts.tsx';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';

interface TroubleProps {
  readonly trouble: NonNullable<OfficeStatus['trouble']>;
  readonly status: OfficeStatus;
  /** Tries again; with `repair` damaged data are opened without what is lost. */
  readonly onReopen: (repair: boolean) => void;
  /** Opens a copy of what can be read; rejects with what is wrong. */
  readonly onOpenCopy: (toExport: boolean) => Promise<void>;
  /** To the list of offices. */
  readonly onLeave: () => void;
}

const words = text.start.trouble;

/** What a full drive alone can be the cause of. */
const mayBeForWantOfRoom: ReadonlySet<string> = new Set(['unstartable', 'stopped', 'notUpgraded']);

const isForWantOfRoom = ({ trouble, status }: TroubleProps): boolean =>
  status.space === 'none' && mayBeForWantOfRoom.has(trouble.reason);

function sentenceOf(props: TroubleProps): string {
  const { reason, path, log, program } = props.trouble;
  if (isForWantOfRoom(props)) return words.driveFull;
  if (isPlaceTrouble(reason)) return placeSentence(reason, path, log);
  return reason === 'newer' && program !== null
    ? words.newerThan(program, props.status.appVersion)
    : words.sentence[reason];
}

/** Where there is a folder of the office to be shown. */
const withoutFolder: ReadonlySet<string> = new Set([
  ...['missing', 'gone', 'notFolder', 'tooLong', 'network', 'noPermission'],
]);

/** Says what is wrong with the engine or with the place of the office, where, and what can be done. */
export function Trouble(props: TroubleProps) {
  const { trouble, status, onReopen, onOpenCopy, onLeave } = props;
  const { busy, failure, save } = useSave();
  const mayRepair = trouble.damage?.mayRepair ?? false;
  const isNothingLeft = trouble.reason === 'vanished' || (trouble.damage !== null && !mayRepair);
  const act = (step: () => Promise<unknown>) => () => {
    if (!busy)
      save(async () => {
        await step();
      });
  };
  return (
    <StartScreen footer={text.start.version(status.appVersion)}>
      <div className={`${styles.card} ${styles.wide}`} role="alert" aria-busy={busy}>
        <h1 className={styles.title}>{words.title[isForWantOfRoom(props) ? 'full' : trouble.reason]}</h1>
        <p className={styles.intro}>{sentenceOf(props)}</p>
        {trouble.damage && <DamageFacts damage={trouble.damage} />}
        <Place trouble={trouble} onShow={act(() => daybook.office.showFolder())} />
        {trouble.mayOpenCopy && (
          <Copy busy={busy} onLook={act(() => onOpenCopy(false))} onExport={act(() => onOpenCopy(true))} />
        )}
        {failure && <p className={styles.error}>{failureText(failure)}</p>}
        <div className={styles.buttons}>
          <Button
            size="sm"
            variant={isNothingLeft ? 'filled' : 'default'}
            disabled={busy}
            onClick={() => runCommand('backups.open')}
          >
            {text.backups.restore}
          </Button>
          <Button
            size="sm"
            variant={mayRepair || isNothingLeft ? 'default' : 'filled'}
            disabled={busy}
            onClick={() => onReopen(false)}
          >
            {text.tryAgain}
          </Button>
          {mayRepair && (
            <Button size="sm" disabled={busy} onClick={() => onReopen(true)}>
              {trouble.damage?.lost === null ? words.openRest : words.repair}
            </Button>
          )}
        </div>
      </div>
      <div className={styles.below}>
        <Button size="compact-sm" variant="subtle" onClick={onLeave}>
          {text.start.choose.switch}
        </Button>
      </div>
    </StartScreen>
  );
}

interface PlaceProps {
  readonly trouble: TroubleProps['trouble'];
  readonly onShow: () => void;
}

function Place({ trouble: { reason, path, log }, onShow }: PlaceProps) {
  return (
    <>
      <p className={styles.facts}>
        {words.path}: <span className={styles.path}>{path}</span>
        {!withoutFolder.has(reason) && (
          <Button className={styles.show} size="compact-xs" variant="default" onClick={onShow}>
            {words.showFolder}
          </Button>
        )}
      </p>
      {!isPlaceTrouble(reason) && (
        <details className={styles.details}>
          <summary>{words.log}</summary>
          <pre className={styles.log} tabIndex={0}>
            {log.trim() || words.noLog}
          </pre>
        </details>
      )}
    </>
  );
}

interface CopyProps {
  readonly busy: boolean;
  readonly onLook: () => void;
  readonly onExport: () => void;
}

function Copy({ busy, onLook, onExport }: CopyProps) {
  return (
    <div className={styles.look}>
      <p className={styles.intro}>{words.look}</p>
      <div className={styles.lookButtons}>
        <Button size="sm" variant="default" disabled={busy} onClick={onLook}>
          {words.openReadOnly}
        </Button>
        <Button size="sm" variant="default" disabled={busy} onClick={onExport}>
          {words.exportReadable}
        </Button>
      </div>
    </div>
  );
}
