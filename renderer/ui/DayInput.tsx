import '@mantine/dates/styles.css';
import { DateInput, DatesProvider } from '@mantine/dates';
import type { ReactNode } from 'react';
import { parsedDay } from './parsedDay.ts';

export interface DayInputProps {
  readonly label: string;
  /** The name is there for those who cannot see what stands beside it. */
  readonly hideLabel?: boolean;
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
  readonly error?: ReactNode;
  readonly clearable?: boolean;
  readonly required?: boolean;
  readonly words: DayInputWords;
}

export interface DayInputWords {
  readonly placeholder: string;
  readonly previous: string;
  readonly next: string;
  readonly clear: string;
}

/** A calendar day, typed in any usual form or chosen. */
export default function DayInput(props: DayInputProps) {
  const {
    label,
    hideLabel = false,
    value,
    onChange,
    error,
    clearable = false,
    required = false,
    words,
  } = props;
  return (
    <DatesProvider settings={{ firstDayOfWeek: 1, weekendDays: [] }}>
      <DateInput
        size={hideLabel ? 'xs' : 'sm'}
        {...(hideLabel ? { 'aria-label': label } : { label })}
        withAsterisk={required}
        aria-required={required}
        value={value}
        onChange={onChange}
        error={error}
        clearable={clearable}
        clearButtonProps={{ 'aria-label': words.clear }}
        placeholder={words.placeholder}
        valueFormat="DD MMM YYYY"
        dateParser={parsedDay}
        hideOutsideDates
        previousLabel={words.previous}
        nextLabel={words.next}
        ariaLabels={{
          previousMonth: words.previous,
          nextMonth: words.next,
          previousYear: words.previous,
          nextYear: words.next,
          previousDecade: words.previous,
          nextDecade: words.next,
        }}
        popoverProps={{ shadow: 'md' }}
      />
    </DatesProvider>
  );
}
