import { Button, NativeSelect } from '@mantine/core';
import { importFields } from '../../electron/contract/imports.ts';
import type { ImportField, Mapping } from '../../electron/contract/imports.ts';
import { bytesText } from '../format.ts';
import { text } from '../text.ts';
import table from '../ui/table.module.css';
import type { MappingProps } from './MappingProps.ts';
import styles from './ImportScreen.module.css';
import { mappingTrouble, openDates } from './mappingRules.ts';
import { ReadingRules } from './ReadingRules.tsx';
import type { Inspection } from './importSteps.ts';

const words = text.imports;
const fieldOptions = [
  { value: '', label: words.columns.leaveOut },
  ...importFields.map((value) => ({ value, label: words.columns.fields[value] })),
];

/** Which column becomes what, before anything is written. */
export function MappingStep({ desk, state }: MappingProps) {
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
            variant="default"
            aria-disabled={trouble !== ''}
            onClick={() => {
              if (trouble === '') void desk.start(true);
            }}
          >
            {words.dryRun}
          </Button>
          <Button
            size="sm"
            aria-disabled={trouble !== ''}
            onClick={() => {
              if (trouble === '') void desk.start(false);
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
        <ReadingRules desk={desk} state={state} />
      </div>
    </div>
  );
}

interface ColumnTableProps {
  readonly inspection: Inspection;
  readonly mapping: Mapping;
  readonly onMap: (mapping: Mapping) => void;
}

function ColumnTable({ inspection, mapping, onMap }: ColumnTableProps) {
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
