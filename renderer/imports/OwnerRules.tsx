import { NativeSelect } from '@mantine/core';
import { unknownOwners, type Mapping } from '../../electron/contract/imports.ts';
import { locale } from '../format.ts';
import { useNames } from '../names.ts';
import { text } from '../text.ts';
import { Choice } from './Choice.tsx';
import styles from './ImportScreen.module.css';
import type { MappingProps } from './MappingProps.ts';
import type { Inspection } from './importSteps.ts';

const { rules } = text.imports;

/** Whom the file's owners mean, where a column names them: users of that name, else what is said here. */
export function OwnerRules({ desk, state: { inspection, mapping } }: MappingProps) {
  const { users } = useNames();
  const column = mapping.columns.indexOf('owner');
  if (column < 0) return null;
  const { owners } = mapping;
  const say = (change: Partial<Mapping['owners']>): void => {
    desk.map({ ...mapping, owners: { ...owners, ...change } });
  };
  const strangers = namesIn(inspection, column).filter(
    (name) => !users.some((user) => alike(user.name, name)),
  );
  return (
    <>
      <Choice
        label={rules.unknownOwners}
        hint={rules.unknownOwnersHint[owners.unknown]}
        value={owners.unknown}
        values={unknownOwners}
        labels={rules.unknownOwner}
        onChange={(unknown) => {
          say({ unknown });
        }}
      />
      {strangers.length > 0 && (
        <details>
          <summary>{rules.ownersNamed}</summary>
          <div className={styles.owners}>
            {strangers.map((name) => (
              <NativeSelect
                key={name}
                size="xs"
                label={name}
                aria-label={rules.ownerNamed(name)}
                data={[
                  { value: '', label: rules.ownerAsUnknown },
                  ...users.map((user) => ({ value: user.id, label: user.name })),
                ]}
                value={owners.named.find((each) => each.name === name)?.userId ?? ''}
                onChange={(event) => {
                  const userId = event.currentTarget.value;
                  const others = owners.named.filter((each) => each.name !== name);
                  say({ named: userId === '' ? others : [...others, { name, userId }] });
                }}
              />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

const namesIn = ({ columns }: Inspection, column: number): readonly string[] => columns[column]?.names ?? [];

/** As main compares names: case and accents aside. */
const alike = (one: string, other: string): boolean =>
  one.localeCompare(other, locale, { sensitivity: 'base' }) === 0;
