import { Modal } from '@mantine/core';
import { commands } from '../../electron/contract/commands.ts';
import type { Command } from '../../electron/contract/commands.ts';
import { text } from '../text.ts';
import { Keys } from '../ui/Keys.tsx';
import styles from './Shortcuts.module.css';

const words = text.shell.keys;
const all: readonly Command[] = commands;
const withKeys = all.filter((command) => command.keys !== undefined);

/** All shortcuts, from the registry that makes them work. */
export function Shortcuts({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.title} size="lg">
      <div className={styles.columns}>
        <section>
          <h3 className={styles.title}>{words.everywhere}</h3>
          <dl className={styles.list}>
            {withKeys.map((command) => (
              <div key={command.id} className={styles.item}>
                <dt>{command.title}</dt>
                <dd>
                  <Keys keys={(command.keys ?? '').split(' ')} between={words.then} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3 className={styles.title}>{words.inLists}</h3>
          <dl className={styles.list}>
            {words.lists.map(({ keys, title }) => (
              <div key={title} className={styles.item}>
                <dt>{title}</dt>
                <dd>
                  <Keys keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}
