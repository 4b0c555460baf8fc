import { NativeSelect } from '@mantine/core';
import { clientsPerCell, dateOrders, duplicateRules, type Mapping } from '../../electron/contract/imports.ts';
import { meetingPriorities, meetingStatuses, meetingTypes } from '../../electron/contract/meetings.ts';
import { useNames } from '../names.ts';
import { text } from '../text.ts';
import { Choice } from './Choice.tsx';
import { DateMeaning } from './DateMeaning.tsx';
import type { ImportDesk } from './ImportDesk.ts';
import styles from './ImportScreen.module.css';
import { openDates } from './mappingRules.ts';
import type { MappingProps } from './MappingProps.ts';
import { OwnerRules } from './OwnerRules.tsx';
import { TemplateChoice } from './TemplateChoice.tsx';
import { ViewerRules } from './ViewerRules.tsx';
import type { Inspection } from './importSteps.ts';

const { rules } = text.imports;

/** How the file is read, and what stands in for what it does not say. */
export function ReadingRules({ desk, state }: MappingProps) {
  const { inspection, mapping, dateOrderChosen } = state;
  const open = openDates(inspection, mapping);
  return (
    <section className={styles.rules} aria-label={rules.title}>
      <h3 className={styles.rulesTitle}>{rules.title}</h3>
      <TemplateChoice desk={desk} state={state} />
      <SheetChoice desk={desk} format={inspection.format} />
      {open ? (
        <DateMeaning desk={desk} open={open} chosen={dateOrderChosen ? mapping.dateOrder : null} />
      ) : (
        <Choice
          label={rules.dateOrder}
          value={mapping.dateOrder}
          values={dateOrders}
          labels={rules.dateOrders}
          onChange={(dateOrder) => {
            desk.chooseDateOrder(dateOrder);
          }}
        />
      )}
      <Choice
        label={rules.clients}
        hint={rules.clientsHint[mapping.clients]}
        value={mapping.clients}
        values={clientsPerCell}
        labels={rules.clientsPerCell}
        onChange={(clients) => {
          desk.map({ ...mapping, clients });
        }}
      />
      <Choice
        label={rules.duplicates}
        hint={rules.duplicatesHint}
        value={mapping.duplicates}
        values={duplicateRules}
        labels={rules.duplicateRules}
        onChange={(duplicates) => {
          desk.map({ ...mapping, duplicates });
        }}
      />
      <Defaults desk={desk} state={state} />
      <OwnerRules desk={desk} state={state} />
      <ViewerRules desk={desk} state={state} />
    </section>
  );
}

/** What stands in for fields that a row leaves empty. */
function Defaults({ desk, state: { mapping } }: MappingProps) {
  const { users } = useNames();
  const { defaults } = mapping;
  const setDefault = (change: Partial<Mapping['defaults']>): void => {
    desk.map({ ...mapping, defaults: { ...defaults, ...change } });
  };
  return (
    <>
      <Choice
        label={rules.type}
        value={defaults.type}
        values={meetingTypes}
        labels={text.meetings.types}
        onChange={(type) => {
          setDefault({ type });
        }}
      />
      <Choice
        label={rules.status}
        value={defaults.status}
        values={meetingStatuses}
        labels={text.meetings.statuses}
        onChange={(status) => {
          setDefault({ status });
        }}
      />
      <Choice
        label={rules.priority}
        value={defaults.priority}
        values={meetingPriorities}
        labels={text.meetings.priorities}
        onChange={(priority) => {
          setDefault({ priority });
        }}
      />
      <NativeSelect
        size="sm"
        label={rules.owner}
        data={[
          { value: '', label: rules.ownerSelf },
          ...users.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={defaults.ownerId ?? ''}
        onChange={(event) => {
          setDefault({ ownerId: event.currentTarget.value || null });
        }}
      />
    </>
  );
}

/** Which sheet of a workbook is read, where it has several. */
function SheetChoice({ desk, format }: { readonly desk: ImportDesk; readonly format: Inspection['format'] }) {
  if (format.kind !== 'workbook' || format.sheets.length < 2) return null;
  return (
    <NativeSelect
      size="sm"
      label={rules.sheet}
      data={format.sheets}
      value={format.sheet}
      onChange={(event) => void desk.chooseSheet(event.currentTarget.value)}
    />
  );
}
