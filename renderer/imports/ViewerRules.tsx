import { Checkbox, MultiSelect } from '@mantine/core';
import type { Mapping } from '../../electron/contract/imports.ts';
import { useNames } from '../names.ts';
import { text } from '../text.ts';
import styles from './ImportScreen.module.css';
import type { MappingProps } from './MappingProps.ts';

const { rules } = text.imports;

/** Who sees clients that come with the file. */
export function ViewerRules({ desk, state: { mapping } }: MappingProps) {
  const { users } = useNames();
  const { viewers } = mapping;
  const say = (change: Partial<Mapping['viewers']>): void => {
    desk.map({ ...mapping, viewers: { ...viewers, ...change } });
  };
  return (
    <fieldset className={styles.viewers}>
      <legend>{rules.viewers}</legend>
      <p className={styles.stepHint}>{rules.viewersHint}</p>
      <Checkbox
        size="xs"
        label={rules.viewersOwners}
        checked={viewers.owners}
        onChange={(event) => {
          say({ owners: event.currentTarget.checked });
        }}
      />
      <MultiSelect
        size="sm"
        searchable
        label={rules.viewersUsers}
        data={users.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
        value={[...viewers.users]}
        onChange={(chosen) => {
          say({ users: chosen });
        }}
      />
    </fieldset>
  );
}
