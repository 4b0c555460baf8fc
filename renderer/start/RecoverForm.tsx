import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { password as passwordSchema } from '../../electron/contract/users.ts';
import { line } from '../../electron/contract/values.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { onlyProblems, problemOf } from '../problems.ts';
import { text } from '../text.ts';
import { useFields } from '../ui/useFields.ts';
import { useSave } from '../useSave.ts';
import styles from './StartScreen.module.css';

interface RecoverFormProps {
  readonly status: OfficeStatus;
  readonly userName: string;
  readonly onBack: () => void;
  readonly onRecovered: (user: SignedInUser, nextCode: string) => void;
}

const words = text.start.recover;

interface Draft {
  readonly userName: string;
  readonly recoveryCode: string;
  readonly password: string;
  readonly again: string;
}

const problems = (draft: Draft) =>
  onlyProblems<Draft>({
    userName: problemOf(line(200), words.userName, draft.userName),
    recoveryCode: problemOf(line(200), words.code, draft.recoveryCode),
    password: problemOf(passwordSchema, words.password, draft.password),
    again: draft.again === draft.password ? undefined : text.form.unlike,
  });

/** Sets a new password of an administrator with the recovery code. */
export function RecoverForm({ status, userName, onBack, onRecovered }: RecoverFormProps) {
  const fields = useFields<Draft>({ userName, recoveryCode: '', password: '', again: '' }, problems);
  const { busy, failure, save } = useSave();
  const recover = async (): Promise<void> => {
    const { again: _, ...typed } = fields.values;
    const { user, recoveryCode } = await daybook.office.recover(typed);
    onRecovered(user, recoveryCode);
  };
  const password = {
    autoComplete: 'new-password',
    visibilityToggleButtonProps: { 'aria-label': text.start.signIn.showPassword },
  };
  return (
    <>
      <h1 className={styles.title}>{words.title}</h1>
      <p className={styles.intro}>{status.hasRecoveryCode ? words.intro : words.none}</p>
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (status.hasRecoveryCode && fields.check() && !busy) save(recover);
        }}
      >
        {status.hasRecoveryCode && (
          <>
            <TextInput
              autoFocus
              label={words.userName}
              autoComplete="username"
              {...fields.bind('userName')}
            />
            <TextInput
              label={words.code}
              description={words.codeHint}
              autoComplete="off"
              spellCheck={false}
              {...fields.bind('recoveryCode')}
            />
            <PasswordInput label={words.password} {...password} {...fields.bind('password')} />
            <PasswordInput label={words.passwordAgain} {...password} {...fields.bind('again')} />
          </>
        )}
        {failure && (
          <p role="alert" className={styles.error}>
            {failureText(failure)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button size="sm" variant="default" onClick={onBack}>
            {words.back}
          </Button>
          {status.hasRecoveryCode && (
            <Button size="sm" type="submit" aria-disabled={busy}>
              {words.submit}
            </Button>
          )}
        </div>
      </form>
    </>
  );
}
