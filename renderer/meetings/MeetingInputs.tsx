import { NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { meetingPriorities, meetingStatuses, meetingTypes } from '../../electron/contract/meetings.ts';
import { daybook } from '../daybook.ts';
import { officeZone } from '../format.ts';
import { useUserOptions } from '../names.ts';
import { text } from '../text.ts';
import DayInput from '../ui/DayInput.tsx';
import type { Fields } from '../ui/useFields.ts';
import { TimeInput } from '../ui/TimeInput.tsx';
import { ClientSelect } from './ClientSelect.tsx';
import styles from './MeetingForm.module.css';
import type { MeetingDraft } from './meetingDraft.ts';

const words = text.meetings.form;

interface FieldsProps {
  readonly fields: Fields<MeetingDraft>;
}

const optionsOf = <V extends string>(values: readonly V[], labels: Readonly<Record<V, string>>) =>
  values.map((value) => ({ value, label: labels[value] }));
const types = optionsOf(meetingTypes, text.meetings.types);
const statuses = optionsOf(meetingStatuses, text.meetings.statuses);
const priorities = optionsOf(meetingPriorities, text.meetings.priorities);

export function MeetingInputs({ fields }: FieldsProps) {
  const { values, errors, set, bind } = fields;
  return (
    <>
      <TextInput label={words.title} withAsterisk data-autofocus maxLength={300} {...bind('title')} />
      <ClientSelect
        value={values.client}
        error={errors.client}
        onChange={(client) => {
          set('client', client);
        }}
      />
      <OwnerSelect fields={fields} />
      <ChoiceInput
        label={words.type}
        data={types}
        value={values.type}
        onChange={(type) => {
          set('type', type);
        }}
      />
      <ChoiceInput
        label={words.status}
        data={statuses}
        value={values.status}
        onChange={(status) => {
          set('status', status);
        }}
      />
      <ChoiceInput
        label={words.priority}
        data={priorities}
        value={values.priority}
        onChange={(priority) => {
          set('priority', priority);
        }}
      />
      <StartInputs fields={fields} />
      <DurationInput fields={fields} />
      <p className={styles.hint}>
        {words.timeHint} {words.timeZone(officeZone())}
      </p>
      <TagsField fields={fields} />
      <Textarea
        label={words.details}
        autosize
        minRows={4}
        maxRows={10}
        maxLength={20_000}
        {...bind('details')}
      />
    </>
  );
}

function OwnerSelect({ fields }: FieldsProps) {
  const options = useUserOptions();
  return (
    <Select
      wrapperProps={{ 'data-span': 3 }}
      label={words.owner}
      withAsterisk
      searchable
      data={options}
      value={fields.values.ownerId}
      error={fields.errors.ownerId}
      onChange={(id) => {
        fields.set('ownerId', id ?? '');
      }}
    />
  );
}

function DurationInput({ fields }: FieldsProps) {
  return (
    <NumberInput
      wrapperProps={{ 'data-span': 2 }}
      label={words.duration}
      min={0}
      max={10_080}
      step={15}
      allowDecimal={false}
      value={fields.values.minutes}
      error={fields.errors.minutes}
      onChange={(minutes) => {
        fields.set('minutes', minutes);
      }}
    />
  );
}

function StartInputs({ fields }: FieldsProps) {
  const { values, errors, set } = fields;
  return (
    <>
      <div data-span="2">
        <DayInput
          label={words.date}
          required
          words={text.dates}
          value={values.day}
          error={errors.day}
          onChange={(day) => {
            set('day', day);
          }}
        />
      </div>
      <TimeInput
        label={words.time}
        placeholder={words.timePlaceholder}
        value={values.time}
        error={errors.time}
        onChange={(time) => {
          set('time', time);
        }}
      />
    </>
  );
}

interface ChoiceInputProps<V extends string> {
  readonly label: string;
  readonly data: { value: V; label: string }[];
  readonly value: V;
  readonly onChange: (value: V) => void;
}

function ChoiceInput<V extends string>({ label, data, value, onChange }: ChoiceInputProps<V>) {
  return (
    <Select
      wrapperProps={{ 'data-span': 2 }}
      label={label}
      data={data}
      value={value}
      onChange={(chosen) => {
        if (chosen) onChange(chosen as V);
      }}
    />
  );
}

/** Free tags, with those already in use on offer. */
function TagsField({ fields }: FieldsProps) {
  const [search, setSearch] = useState('');
  const { data } = useQuery({
    queryKey: ['tagsInUse', search.trim()],
    placeholderData: keepPreviousData,
    gcTime: 0,
    queryFn: () => daybook.meetings.facetValues({ facet: 'tag', search: search.trim() }),
  });
  return (
    <TagsInput
      label={words.tags}
      description={words.tagsHint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maxTags={20}
      value={fields.values.tags}
      error={fields.errors.tags}
      searchValue={search}
      data={data?.values.map(({ value }) => value) ?? []}
      onSearchChange={setSearch}
      onChange={(tags) => {
        fields.set('tags', tags);
      }}
    />
  );
}
