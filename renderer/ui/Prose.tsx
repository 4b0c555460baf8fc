import type { ReactNode } from 'react';
import { marked } from './marked.tsx';
import styles from './Prose.module.css';

interface ProseProps {
  readonly title: string;
  readonly children: string;
  readonly empty: string;
  /** Looked for, and marked in the text. */
  readonly words?: readonly string[];
}

/** Text as people typed it, line breaks kept. */
export function Prose({ title, children, empty, words = [] }: ProseProps): ReactNode {
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      {children.trim() ? (
        <p className={styles.text}>{marked(children, words)}</p>
      ) : (
        <p className={styles.none}>{empty}</p>
      )}
    </section>
  );
}
