import styles from './ColourChoice.module.css';

interface ColourChoiceProps<C extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly names: Readonly<Record<C, string>>;
  readonly value: C;
  readonly onChange: (colour: C) => void;
}

/** One colour of a few, each with its name: nobody has to tell them apart by sight. */
export function ColourChoice<C extends string>({
  label,
  hint,
  names,
  value,
  onChange,
}: ColourChoiceProps<C>) {
  return (
    <fieldset className={styles.field}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.choices}>
        {(Object.keys(names) as C[]).map((colour) => (
          <label key={colour} className={styles.choice} data-chosen={colour === value}>
            <input
              type="radio"
              name={label}
              className="hidden-text"
              checked={colour === value}
              onChange={() => {
                onChange(colour);
              }}
            />
            <span className={styles.swatch} style={{ background: `var(--office-${colour})` }} aria-hidden />
            {names[colour]}
          </label>
        ))}
      </div>
      {hint && <p className={styles.hint}>{hint}</p>}
    </fieldset>
  );
}
