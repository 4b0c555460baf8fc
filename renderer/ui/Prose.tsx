import styles from './Prose.module.css';

/** Text as people typed it, line breaks kept. */
export function Prose({
  title,
  children,
  empty,
}: {
  readonly title: string;
  readonly children: string;
  readonly empty: string;
}) {
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      {children.trim() ? <p className={styles.text}>{children}</p> : <p className={styles.none}>{empty}</p>}
    </section>
  );
}
