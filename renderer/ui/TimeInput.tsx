import { TextInput } from '@mantine/core';
import { parsedTime } from './parsedTime.ts';

interface TimeInputProps {
  readonly label: string;
  readonly placeholder: string;
  /** `09:30`, empty, or what was typed when it is no time. */
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (time: string) => void;
}

/** A time of day, typed as people do: 9, 9:30, 0930. Shown with 24 hours, as everywhere on screen. */
export function TimeInput({ label, placeholder, value, error, onChange }: TimeInputProps) {
  return (
    <TextInput
      wrapperProps={{ 'data-span': 2 }}
      label={label}
      placeholder={placeholder}
      inputMode="numeric"
      autoComplete="off"
      maxLength={10}
      value={value}
      error={error}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
      onBlur={() => {
        onChange(parsedTime(value) ?? value);
      }}
    />
  );
}
