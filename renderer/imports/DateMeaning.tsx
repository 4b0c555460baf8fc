import { Radio, Stack } from '@mantine/core';
import type { Mapping } from '../../electron/contract/imports.ts';
import { dayText } from '../format.ts';
import { text } from '../text.ts';
import type { ImportDesk } from './ImportDesk.ts';
import type { OpenDates } from './mappingRules.ts';

interface DateMeaningProps {
  readonly desk: ImportDesk;
  readonly open: OpenDates;
  /** Null until somebody has chosen. */
  readonly chosen: Mapping['dateOrder'] | null;
}

const words = text.imports.rules;

/** Asks what a date of the file means, with both readings: a guess would put meetings on wrong days unseen. */
export function DateMeaning({ desk, open, chosen }: DateMeaningProps) {
  return (
    <Radio.Group
      size="sm"
      label={words.dateMeaning}
      withAsterisk
      value={chosen}
      onChange={(order) => {
        desk.chooseDateOrder(order === 'mdy' ? 'mdy' : 'dmy');
      }}
    >
      <Stack gap={6} mt={4}>
        <Radio size="xs" value="dmy" label={words.reading(open.sample, dayText(open.dmy))} />
        <Radio size="xs" value="mdy" label={words.reading(open.sample, dayText(open.mdy))} />
      </Stack>
    </Radio.Group>
  );
}
