import styles from './Initial.module.css';

interface InitialProps {
  readonly name: string;
  readonly colour: string;
  readonly small?: boolean;
}

/** The first letter of a name on its colour; the name itself stands beside it. */
export function Initial({ name, colour, small = false }: InitialProps) {
  return (
    <span
      className={styles.initial}
      data-small={small}
      style={{ background: `var(--office-${colour})` }}
      aria-hidden
    >
      {name.trim().charAt(0).toUpperCase() || 'D'}
    </span>
  );
}
