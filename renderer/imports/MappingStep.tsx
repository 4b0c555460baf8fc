import { Button, NativeSelect } from '@mantine/core';
import { clientsPerCell, dateOrders, importFields } from '../../electron/contract/imports.ts';
import type { ImportField, Mapping } from '../../electron/contract/imports.ts';
import { meetingPriorities, meetingStatuses, meetingTypes } from '../../electron/contract/meetings.ts';
import { bytesText } from '../format.ts';
import { useNames } from '../names.ts';
import { text } from '../text.ts';
import table from '../ui/table.module.css';
import type { ImportDesk, ImportStep, Inspection } from './ImportDesk.ts';
import styles from './ImportScreen.module.css';
import { DateMeaning } from './DateMeaning.tsx';
import { mappingTrouble, openDates } from './mappingRules.ts';

interface MappingStepProps {
  readonly desk: ImportDesk;
  readonly state: Extract<ImportStep, { step: 'mapping' }>;
}

const words = text.imports;
const fieldOptions = [
  { value: '', label: words.columns.leaveOut },
  ...importFields.map((value) => ({ value, label: words.columns.fields[value] })),
];

/** Which column becomes what, before anything is written. */
export function MappingStep({ desk, state }: MappingStepProps) {
  const { file, inspection, mapping } = state;
  const open = openDates(inspection, mapping);
  const trouble = mappingTrouble(mapping, state.dateOrderChosen ? null : open);
  return (
    <div className={styles.step}>
      <div className={styles.stepHead}>
        <div>
          <h2 className={styles.stepTitle}>{words.file(file.name, bytesText(file.bytes))}</h2>
          <p className={styles.stepHint}>{formatText(inspection.format)}</p>
        </div>
        <div className={styles.stepButtons}>
          <Button size="sm" variant="default" onClick={() => void desk.choose()}>
            {words.chooseOther}
          </Button>
          <Button
            size="sm"
            aria-disabled={trouble !== ''}
            onClick={() => {
              if (trouble === '') void desk.start();
            }}
          >
            {words.start}
          </Button>
        </div>
      </div>
      {(state.trouble || trouble) && (
        <p role="alert" className={styles.trouble}>
          {state.trouble || trouble}
        </p>
      )}
      <div className={styles.mapping}>
        <ColumnTable
          inspection={inspection}
          mapping={mapping}
          onMap={(next) => {
            desk.map(next);
          }}
        />
        <Rules desk={desk} state={state} />
      </div>
    </div>
  );
}

interface MappingProps {
  readonly mapping: Mapping;
  readonly onMap: (mapping: Mapping) => void;
}

function ColumnTable({ inspection, mapping, onMap }: MappingProps & { readonly inspection: Inspection }) {
  const nameOf = (header: string, position: number): string =>
    header.trim() || words.columns.unnamed(position + 1);
  return (
    <div className={styles.tableFrame} tabIndex={0} role="group" aria-label={words.columns.label}>
      <table className={table.table} aria-label={words.columns.label}>
        <thead>
          <tr>
            <th scope="col">{words.columns.header}</th>
            <th scope="col">{words.columns.field}</th>
            <th scope="col">{words.columns.samples}</th>
          </tr>
        </thead>
        <tbody>
          {inspection.columns.map((column, position) => (
            <tr key={position}>
              <td className={table.strong}>{nameOf(column.header, position)}</td>
              <td>
                <NativeSelect
                  size="xs"
                  w={140}
                  aria-label={words.columns.fieldOf(nameOf(column.header, position))}
                  data={fieldOptions}
                  value={mapping.columns[position] ?? ''}
                  onChange={(event) => {
                    // The options are the fields of the contract and the empty one.
                    const field = (event.currentTarget.value || null) as ImportField | null;
                    onMap({
                      ...mapping,
                      columns: mapping.columns.map((old, at) => (at === position ? field : old)),
                    });
                  }}
                />
              </td>
              <td className={styles.samples}>{column.samples.slice(0, 3).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const formatText = (format: Inspection['format']): string =>
  format.kind === 'workbook'
    ? words.rules.workbook(format.sheet)
    : words.rules.text(format.encoding, words.rules.delimiters[format.delimiter]);

/** How the file is read, and what stands in for what it does not say. */
function Rules({ desk, state: { inspection, mapping, dateOrderChosen } }: MappingStepProps) {
  const { users } = useNames();
  const { rules } = words;
  const { defaults } = mapping;
  const open = openDates(inspection, mapping);
  const setDefault = (change: Partial<Mapping['defaults']>): void => {
    desk.map({ ...mapping, defaults: { ...defaults, ...change } });
  };
  return (
    <section className={styles.rules} aria-label={rules.title}>
      <h3 className={styles.rulesTitle}>{rules.title}</h3>
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
    </section>
  );
}

/** Which sheet of a workbook is read, where it has several. */
function SheetChoice({ desk, format }: { readonly desk: ImportDesk; readonly format: Inspection['format'] }) {
  if (format.kind !== 'workbook' || format.sheets.length < 2) return null;
  return (
    <NativeSelect
      size="sm"
      label={words.rules.sheet}
      data={format.sheets}
      value={format.sheet}
      onChange={(event) => void desk.chooseSheet(event.currentTarget.value)}
    />
  );
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly value: V;
  readonly values: readonly V[];
  readonly labels: Readonly<Record<V, string>>;
  readonly onChange: (value: V) => void;
}

function Choice<V extends string>({ label, hint, value, values, labels, onChange }: ChoiceProps<V>) {
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
