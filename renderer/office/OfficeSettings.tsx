import { Button, TextInput } from '@mantine/core';
import { officeFields } from '../../electron/contract/office.ts';
import type { OfficeFields, OfficeStatus } from '../../electron/contract/office.ts';
import { daybook } from '../daybook.ts';
import { onlyProblems, problemOf } from '../problems.ts';
import { text } from '../text.ts';
import { ColourChoice } from '../ui/ColourChoice.tsx';
import { FormModal } from '../ui/FormModal.tsx';
import { offerUndo } from '../undo.tsx';
import { useRecordForm } from '../useRecordForm.tsx';
import { write } from '../writes.ts';
import styles from './OfficeSettings.module.css';

interface OfficeSettingsProps {
  readonly status: OfficeStatus;
  readonly onRenewCode: () => void;
  readonly onClose: () => void;
}

const words = text.office.settings;

const problems = ({ name }: OfficeFields) =>
  onlyProblems<OfficeFields>({ name: problemOf(officeFields.shape.name, words.name, name) });

async function saveOffice(draft: OfficeFields, before: OfficeStatus): Promise<OfficeStatus> {
  const { version } = before;
  const fields = { name: draft.name.trim(), colour: draft.colour };
  const { office, entry } = await write({ updateOffice: version, fields }, (writeId) =>
    daybook.office.update({ writeId, version, fields }),
  );
  offerUndo(words.saved(fields.name), entry);
  return { ...before, ...office };
}

/** Name and colour of the office, and the way to its recovery code; for administrators. */
export default function OfficeSettings({ status, onRenewCode, onClose }: OfficeSettingsProps) {
  const { fields, modal } = useRecordForm<OfficeStatus, OfficeFields>({
    keeping: null,
    record: status,
    emptyDraft: () => ({ name: '', colour: 'blue' }),
    draftOf: ({ name, colour }) => ({ name, colour }),
    problems,
    load: () => daybook.office.status(),
    save: (draft, before = status) => saveOffice(draft, before),
    onClose,
  });
  return (
    <FormModal {...modal} title={words.title} submitLabel={words.save}>
      <TextInput label={words.name} withAsterisk data-autofocus {...fields.bind('name')} />
      <ColourChoice
        label={words.colour}
        hint={words.colourHint}
        names={text.office.colours}
        value={fields.values.colour}
        onChange={(colour) => {
          fields.set('colour', colour);
        }}
      />
      {!status.demo && (
        <section className={styles.recovery} aria-label={words.recovery}>
          <div>
            <h3 className={styles.title}>{words.recovery}</h3>
            <p className={styles.hint}>{status.hasRecoveryCode ? words.recoveryHint : words.recoveryNone}</p>
          </div>
          <Button variant="default" onClick={onRenewCode}>
            {words.renew}
          </Button>
        </section>
      )}
    </FormModal>
  );
}
