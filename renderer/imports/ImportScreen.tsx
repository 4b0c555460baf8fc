import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState, useSyncExternalStore } from 'react';
import type { DragEvent } from 'react';
import { text } from '../text.ts';
import { Screen } from '../ui/Screen.tsx';
import { importDesk } from './ImportDesk.ts';
import type { ImportDesk } from './ImportDesk.ts';
import styles from './ImportScreen.module.css';
import { MappingStep } from './MappingStep.tsx';
import { ReportStep } from './ReportStep.tsx';
import { RunningStep } from './RunningStep.tsx';
import type { ImportStep } from './importSteps.ts';

const words = text.imports;

/** Files can be dropped anywhere on the screen, except while an import runs. */
function useDrop(desk: ImportDesk, open: boolean) {
  const [over, setOver] = useState(false);
  const holdsFiles = (event: DragEvent): boolean => open && event.dataTransfer.types.includes('Files');
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        const inside =
          event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        if (!inside) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        const [file, ...others] = event.dataTransfer.files;
        if (open && file) void desk.offer(file, others.length);
      },
    },
  };
}

export default function ImportScreen({ onShowMeetings }: { readonly onShowMeetings: () => void }) {
  const desk = importDesk();
  const state = useSyncExternalStore(desk.subscribe, desk.getState);
  const { over, handlers } = useDrop(desk, state.step !== 'running');
  return (
    <Screen title={words.title}>
      <div className={styles.area} data-over={over} {...handlers}>
        {state.step === 'choose' && <ChooseStep desk={desk} state={state} over={over} />}
        {state.step === 'mapping' && <MappingStep desk={desk} state={state} />}
        {state.step === 'running' && <RunningStep desk={desk} state={state} />}
        {state.step === 'report' && <ReportStep desk={desk} state={state} onShowMeetings={onShowMeetings} />}
      </div>
    </Screen>
  );
}

interface ChooseStepProps {
  readonly desk: ImportDesk;
  readonly state: Extract<ImportStep, { step: 'choose' }>;
  readonly over: boolean;
}

function ChooseStep({ desk, state, over }: ChooseStepProps) {
  return (
    <div className={styles.choose}>
      <div className={styles.dropZone}>
        <span className={styles.dropIcon} aria-hidden>
          <IconFileImport size={26} stroke={1.6} />
        </span>
        <p className={styles.dropTitle}>{over ? words.dropNow : words.drop}</p>
        <p className={styles.dropHint}>{words.dropHint}</p>
        <Button size="sm" aria-disabled={state.reading} onClick={() => void desk.choose()}>
          {words.choose}
        </Button>
      </div>
      <div role="status" className={styles.note}>
        {state.reading ? words.reading : state.note}
      </div>
      {state.trouble && (
        <p role="alert" className={styles.trouble}>
          {state.trouble}
        </p>
      )}
    </div>
  );
}
