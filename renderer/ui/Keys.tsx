import styles from './Keys.module.css';

/** Keys as they are printed on the keyboard. */
export function Keys({ keys, between }: { readonly keys: readonly string[]; readonly between?: string }) {
  return (
    <span className={styles.keys}>
      {keys.map((key, index) => (
        <span key={key + String(index)} className={styles.step}>
          {index > 0 && between && <span className={styles.between}>{between}</span>}
          <kbd className={styles.key}>{key}</kbd>
        </span>
      ))}
    </span>
  );
}
