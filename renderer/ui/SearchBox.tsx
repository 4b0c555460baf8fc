import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';

interface SearchBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Escape in an empty box: back to the list. */
  readonly onLeave?: () => void;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  readonly width?: number | string;
}

/** Words to look for. Escape clears it, and leaves it when it is empty; Enter and the down arrow leave it too. */
export function SearchBox(props: SearchBoxProps) {
  const { label, placeholder, clearLabel, value, onChange, onLeave, inputRef, width = 300 } = props;
  return (
    <TextInput
      ref={inputRef ?? null}
      type="search"
      size="xs"
      w={width}
      maxLength={500}
      aria-label={label}
      placeholder={placeholder}
      value={value}
      leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
      rightSection={
        value && (
          <CloseButton
            size="xs"
            aria-label={clearLabel}
            onClick={() => {
              onChange('');
            }}
          />
        )
      }
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value) onChange('');
        else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') onLeave?.();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
