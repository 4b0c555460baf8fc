import { useState } from 'react';

type Errors<F> = Partial<Record<keyof F, string>>;

export interface Fields<F extends object> {
  readonly values: F;
  readonly errors: Errors<F>;
  readonly set: <K extends keyof F>(field: K, value: F[K]) => void;
  /** What an input of the kit needs to be bound to a text field. */
  readonly bind: <K extends keyof F>(
    field: K,
  ) => {
    readonly value: F[K];
    readonly error: string | undefined;
    readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  };
  /** True when nothing is wrong; otherwise the messages are shown. */
  readonly check: () => boolean;
  readonly setAll: (values: F) => void;
}

/** The fields of a form. Messages appear when it is sent and go as soon as the field is mended. */
export function useFields<F extends object>(initial: F, problems: (values: F) => Errors<F>): Fields<F> {
  const [values, setValues] = useState(initial);
  const [checked, setChecked] = useState(false);
  const errors: Errors<F> = checked ? problems(values) : {};
  const set = <K extends keyof F>(field: K, value: F[K]): void => {
    setValues((before) => ({ ...before, [field]: value }));
  };
  return {
    values,
    errors,
    set,
    bind: (field) => ({
      value: values[field],
      error: errors[field],
      onChange: (event) => {
        set(field, event.currentTarget.value as F[typeof field]);
      },
    }),
    check: () => {
      setChecked(true);
      return Object.keys(problems(values)).length === 0;
    },
    setAll: (next) => {
      setValues(next);
      setChecked(false);
    },
  };
}
