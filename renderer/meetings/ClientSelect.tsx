import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Named } from '../../electron/contract/values.ts';
import { daybook } from '../daybook.ts';
import { text } from '../text.ts';

interface ClientSelectProps {
  readonly value: Named | null;
  readonly error: string | undefined;
  readonly onChange: (client: Named | null) => void;
}

const words = text.meetings.form;
const mostShown = 50;

/** One of the clients the user may see; the office answers what matches, the box filters nothing itself. */
export function ClientSelect({ value, error, onChange }: ClientSelectProps) {
  const [typed, setTyped] = useState(value?.name ?? '');
  // The name of the chosen client stands in the box and is not a search.
  const search = typed === value?.name ? '' : typed.trim();
  const { data } = useQuery({
    queryKey: ['clients', 'select', search],
    placeholderData: keepPreviousData,
    queryFn: () => daybook.clients.list({ search, limit: mostShown }),
  });
  const found: readonly Named[] = data?.rows ?? [];
  const shown = new Set(found.map(({ id }) => id));
  const known = value && !shown.has(value.id) ? [value, ...found] : found;
  return (
    <Select
      wrapperProps={{ 'data-span': 3 }}
      label={words.client}
      placeholder={words.findClient}
      withAsterisk
      searchable
      nothingFoundMessage={words.noClient}
      data={known.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options.filter((option) => 'value' in option && shown.has(option.value))}
      value={value?.id ?? null}
      error={error}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => {
        onChange(known.find((client) => client.id === id) ?? null);
      }}
    />
  );
}
