import { Button } from '@mantine/core';
import { IconFlask, IconFolderOpen, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { KnownOffice } from '../../electron/contract/offices.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { momentText } from '../format.ts';
import { askAgain } from '../queries.ts';
import { text } from '../text.ts';
import { Initial } from '../ui/Initial.tsx';
import { useSave } from '../useSave.ts';
import { StartScreen } from './StartScreen.tsx';
import styles from './OfficeChooser.module.css';
import start from './StartScreen.module.css';

const words = text.start.choose;
const nameOf = ({ name }: KnownOffice): string => name || words.unnamed;

/** The offices this computer knows; no office is open. */
export function OfficeChooser({ status }: { readonly status: OfficeStatus }) {
  const { data, error } = useQuery({ queryKey: ['offices'], queryFn: () => daybook.offices.list() });
  const [removed, setRemoved] = useState<KnownOffice | null>(null);
  const { busy, failure, save } = useSave();
  const trouble = failure ?? error;
  const offices = data?.offices ?? [];
  const run = (step: () => Promise<unknown>) => () => {
    if (busy) return;
    setRemoved(null);
    save(async () => {
      await step();
      await askAgain({ queryKey: ['offices'] });
      await askAgain({ queryKey: ['office'] });
    });
  };
  const remove = (office: KnownOffice) =>
    run(async () => {
      await daybook.offices.remove({ id: office.id });
      setRemoved(office);
    });

  return (
    <StartScreen footer={text.start.version(status.appVersion)}>
      <div className={`${start.card} ${start.wide}`} aria-busy={busy}>
        <h1 className={start.title}>{words.title}</h1>
        <p className={start.intro}>{data && offices.length === 0 ? words.none : words.intro}</p>
        <ul className={styles.list} aria-label={words.list}>
          {offices.map((office) => (
            <OfficeLine
              key={office.id}
              office={office}
              onOpen={run(() => daybook.offices.open({ id: office.id }))}
              onRemove={remove(office)}
            />
          ))}
        </ul>
        {offices.length > 0 && <p className={styles.hint}>{words.removeHint}</p>}
        <p role="status" className={removed ? styles.said : undefined}>
          {removed && words.removed(nameOf(removed), removed.folder)}
        </p>
        {trouble && (
          <p role="alert" className={start.error}>
            {failureText(trouble)}
          </p>
        )}
        <div className={styles.actions}>
          <Button
            size="sm"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={run(() => daybook.offices.createNew())}
          >
            {words.create}
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconFolderOpen size={15} aria-hidden />}
            onClick={run(() => daybook.offices.openFolder())}
          >
            {words.openFolder}
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconFlask size={15} aria-hidden />}
            onClick={run(() => daybook.office.createDemo())}
          >
            {words.demo}
          </Button>
        </div>
      </div>
    </StartScreen>
  );
}

interface OfficeLineProps {
  readonly office: KnownOffice;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

function OfficeLine({ office, onOpen, onRemove }: OfficeLineProps) {
  const name = nameOf(office);
  return (
    <li className={styles.line}>
      <button type="button" className={styles.open} onClick={onOpen}>
        <Initial name={name} colour={office.colour} />
        <span className={styles.facts}>
          <span className={styles.name}>
            <span className="hidden-text">{words.open}</span> {name}
          </span>
          <span className={styles.folder}>{office.folder}</span>
          {office.isThere ? (
            office.openedAt && (
              <span className={styles.when}>{words.openedAt(momentText(office.openedAt))}</span>
            )
          ) : (
            <span className={styles.missing}>{words.missing}</span>
          )}
        </span>
      </button>
      <Button size="compact-sm" variant="subtle" aria-label={words.remove(name)} onClick={onRemove}>
        {words.removeShort}
      </Button>
    </li>
  );
}
