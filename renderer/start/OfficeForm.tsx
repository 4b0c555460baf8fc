import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OfficeColour } from '../../electron/contract/office.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { password as passwordSchema, userName as userNameSchema } from '../../electron/contract/users.ts';
import { line } from '../../electron/contract/values.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { onlyProblems, problemOf } from '../problems.ts';
import { text } from '../text.ts';
import { ColourChoice } from '../ui/ColourChoice.tsx';
import { useFields } from '../ui/useFields.ts';
import styles from './StartScreen.module.css';

interface OfficeFormProps {
  readonly thenImport: boolean;
  readonly onBack: () => void;
  readonly onCreated: (user: SignedInUser, recoveryCode: string, thenImport: boolean) => void;
}

const words = text.start.firstRun;
const empty = { name: '', displayName: '', userName: '', password: '', again: '' };
const firstColour: OfficeColour = 'blue';

const problems = (values: typeof empty) =>
  onlyProblems<typeof empty>({
    name: problemOf(line(100), words.officeName, values.name),
    displayName: problemOf(line(100), words.yourName, values.displayName),
    userName: problemOf(userNameSchema, words.userName, values.userName),
    password: problemOf(passwordSchema, words.password, values.password),
    again: values.again === values.password ? undefined : text.form.unlike,
  });

/** Creates the office and its administrator, who is then signed in. */
export function OfficeForm({ thenImport, onBack, onCreated }: OfficeFormProps) {
  const fields = useFields(empty, problems);
  const [colour, setColour] = useState(firstColour);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');

  const create = async (): Promise<void> => {
    const { name, displayName, userName, password } = fields.values;
    setBusy(true);
    setFailure('');
    try {
      const { user, recoveryCode } = await daybook.office.create({
        name,
        colour,
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        administrator: { userName, displayName, password },
      });
      onCreated(user, recoveryCode, thenImport);
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  };

  return (
    <>
      <h1 className={styles.title}>{words.officeTitle}</h1>
      <p className={styles.intro}>{thenImport ? words.importFirst : words.emptyHint}</p>
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (fields.check() && !busy) void create();
        }}
      >
        <TextInput data-autofocus autoFocus label={words.officeName} {...fields.bind('name')} />
        <ColourChoice label={words.colour} names={text.office.colours} value={colour} onChange={setColour} />
        <TextInput label={words.yourName} autoComplete="name" {...fields.bind('displayName')} />
        <TextInput
          label={words.userName}
          description={words.userNameHint}
          autoComplete="username"
          {...fields.bind('userName')}
        />
        <PasswordInput
          label={words.password}
          description={words.passwordHint}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': text.start.signIn.showPassword }}
          {...fields.bind('password')}
        />
        <PasswordInput
          label={words.passwordAgain}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': text.start.signIn.showPassword }}
          {...fields.bind('again')}
        />
        {failure && (
          <p role="alert" className={styles.error}>
            {failure}
          </p>
        )}
        <div className={styles.buttons}>
          <Button size="sm" variant="default" onClick={onBack}>
            {words.back}
          </Button>
          <Button size="sm" type="submit" loading={busy}>
            {words.create}
          </Button>
        </div>
      </form>
    </>
  );
}
