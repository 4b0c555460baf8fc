import { Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { RecoveryCode } from '../ui/RecoveryCode.tsx';
import { useSave } from '../useSave.ts';

interface RenewCodeProps {
  /** Whether there is a code that will be void. */
  readonly hasCode: boolean;
  readonly onClose: () => void;
}

const words = text.office.renew;

/** Makes a new recovery code for whoever knows their own password, and shows it this once. */
export default function RenewCode({ hasCode, onClose }: RenewCodeProps) {
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const { busy, failure, save } = useSave();
  if (code !== null) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={text.office.code.title}
        size={560}
        withCloseButton={false}
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <RecoveryCode code={code} onProceed={onClose} />
      </Modal>
    );
  }
  return (
    <FormModal
      title={words.title}
      submitLabel={words.submit}
      cancelLabel={text.cancel}
      busy={busy}
      changed={password !== ''}
      failure={failure ? failureText(failure) : ''}
      size={440}
      onClose={onClose}
      onSubmit={() => {
        setMissing(password === '');
        if (password === '') return;
        save(async () => {
          const { recoveryCode } = await daybook.office.renewRecoveryCode({ password });
          setCode(recoveryCode);
        });
      }}
    >
      <p style={{ margin: 0 }}>{hasCode ? words.intro : words.first}</p>
      <PasswordInput
        data-autofocus
        label={words.password}
        maxLength={200}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': text.start.signIn.showPassword }}
        error={isMissing && password === '' ? text.form.empty(words.password) : undefined}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
        }}
      />
    </FormModal>
  );
}
