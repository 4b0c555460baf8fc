import { NativeSelect } from '@mantine/core';

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly value: V;
  readonly values: readonly V[];
  readonly labels: Readonly<Record<V, string>>;
  readonly onChange: (value: V) => void;
}

/** One of a few values, by their words. */
export function Choice<V extends string>({ label, hint, value, values, labels, onChange }: ChoiceProps<V>) {
  return (
    <NativeSelect
      size="sm"
      label={label}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description']}
      value={value}
      data={values.map((each) => ({ value: each, label: labels[each] }))}
      onChange={(event) => {
        const chosen = values.find((each) => each === event.currentTarget.value);
        if (chosen) onChange(chosen);
      }}
    />
  );
}
