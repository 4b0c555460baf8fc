import { Button } from '@mantine/core';
import { IconBuilding, IconFileImport, IconFlask, IconRestore } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { runCommand } from '../commands.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { OfficeForm } from './OfficeForm.tsx';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';

interface FirstRunProps {
  readonly status: OfficeStatus;
  readonly onCreated: (user: SignedInUser, recoveryCode: string, thenImport: boolean) => void;
  /** Another office is there: ask for the status again. */
  readonly onOpened: () => void;
  /** To the list of offices. */
  readonly onLeave: () => void;
}

const words = text.start.firstRun;

export function FirstRun({ status, onCreated, onOpened, onLeave }: FirstRunProps) {
  const [step, setStep] = useState<'choose' | 'empty' | 'import'>('choose');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');

  const open = async (step: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setFailure('');
    try {
      await step();
      onOpened();
    } catch (error) {
      setFailure(failureText(error));
    }
    setBusy(false);
  };

  return (
    <StartScreen footer={text.start.dataFolder(status.dataFolder)}>
      <div className={`${styles.card} ${styles.wide}`}>
        {step !== 'choose' ? (
          <OfficeForm
            thenImport={step === 'import'}
            onBack={() => {
              setStep('choose');
            }}
            onCreated={onCreated}
          />
        ) : (
          <>
            <h1 className={styles.title}>{words.title}</h1>
            <p className={styles.intro}>{busy ? words.creatingDemo : words.intro}</p>
            <Choices
              busy={busy}
              failure={failure}
              onDemo={() => void open(() => daybook.office.createDemo())}
              onCreate={setStep}
            />
          </>
        )}
      </div>
      {step === 'choose' && (
        <OtherOffices
          known={status.knownOffices}
          disabled={busy}
          onOpenFolder={() => void open(() => daybook.offices.openFolder())}
          onLeave={onLeave}
        />
      )}
    </StartScreen>
  );
}

interface ChoicesProps {
  readonly busy: boolean;
  /** Why the last one came to nothing; empty when it did not. */
  readonly failure: string;
  readonly onDemo: () => void;
  /** To the form of a new office, and what follows it. */
  readonly onCreate: (then: 'empty' | 'import') => void;
}

function Choices({ busy, failure, onDemo, onCreate }: ChoicesProps) {
  return (
    <div className={styles.choices} aria-busy={busy}>
      <Choice
        icon={<IconFlask size={21} stroke={1.7} />}
        title={words.demo}
        hint={words.demoHint}
        disabled={busy}
        onClick={onDemo}
      />
      <Choice
        icon={<IconBuilding size={21} stroke={1.7} />}
        title={words.empty}
        hint={words.emptyHint}
        disabled={busy}
        onClick={() => {
          onCreate('empty');
        }}
      />
      <Choice
        icon={<IconFileImport size={21} stroke={1.7} />}
        title={words.import}
        hint={words.importHint}
        disabled={busy}
        onClick={() => {
          onCreate('import');
        }}
      />
      <Choice
        icon={<IconRestore size={21} stroke={1.7} />}
        title={words.restore}
        hint={words.restoreHint}
        disabled={busy}
        onClick={() => {
          runCommand('backups.open');
        }}
      />
      {failure && (
        <p role="alert" className={styles.error}>
          {failure}
        </p>
      )}
    </div>
  );
}

interface OtherOfficesProps {
  /** How many this computer knows. */
  readonly known: number;
  readonly disabled: boolean;
  readonly onOpenFolder: () => void;
  readonly onLeave: () => void;
}

function OtherOffices({ known, disabled, onOpenFolder, onLeave }: OtherOfficesProps) {
  return (
    <div className={styles.below}>
      <Button size="compact-sm" variant="subtle" disabled={disabled} onClick={onOpenFolder}>
        {words.openFolder}
      </Button>
      {known > 0 && (
        <Button size="compact-sm" variant="subtle" disabled={disabled} onClick={onLeave}>
          {text.start.choose.back}
        </Button>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly hint: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function Choice({ icon, title, hint, disabled, onClick }: ChoiceProps) {
  return (
    <button type="button" className={styles.choice} disabled={disabled} onClick={onClick}>
      <span className={styles.choiceIcon}>{icon}</span>
      <span className={styles.choiceTitle}>{title} </span>
      <span className={styles.choiceHint}>{hint}</span>
    </button>
  );
}
