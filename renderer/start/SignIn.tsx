import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { roles } from '../../electron/contract/users.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { Initial } from '../ui/Initial.tsx';
import { RecoverForm } from './RecoverForm.tsx';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';

interface SignInProps {
  readonly status: OfficeStatus;
  readonly onSignedIn: (user: SignedInUser) => void;
  /** A new password was set with the recovery code, and a new code made. */
  readonly onRecovered: (user: SignedInUser, nextCode: string) => void;
  /** To the list of offices. */
  readonly onLeave: () => void;
  /** From a copy back to the office that does not open. */
  readonly onCloseCopy: () => void;
  /** Whether the export is what follows. */
  readonly isToExport: boolean;
}

const words = text.start.signIn;

const roleText = (role: string): string => {
  const known = roles.find((other) => other === role);
  return known ? text.roles[known] : role;
};

export function SignIn({ status, onSignedIn, onRecovered, ...rest }: SignInProps) {
  const [forgotten, setForgotten] = useState<string | null>(null);
  const [filledIn, setFilledIn] = useState({ userName: '', password: '', times: 0 });
  return (
    <StartScreen footer={text.start.version(status.appVersion)}>
      <div className={status.demo ? `${styles.card} ${styles.wide}` : styles.card}>
        {forgotten === null ? (
          <>
            <h1 className={`${styles.title} ${styles.office}`}>
              <Initial name={status.name} colour={status.colour} />
              {status.demo ? words.demoTitle : words.title(status.name)}
            </h1>
            {status.readOnlyCopy && (
              <p className={styles.copy}>
                {text.shell.readOnlyCopy.sentence} {rest.isToExport && words.exportIntro}
              </p>
            )}
            <SignInForm
              key={filledIn.times}
              filledIn={filledIn}
              onSignedIn={onSignedIn}
              onForgot={status.demo || status.readOnlyCopy ? undefined : setForgotten}
            />
            {status.demo && (
              <DemoPeople
                status={status}
                onChoose={(person) => {
                  setFilledIn({ ...person, times: filledIn.times + 1 });
                }}
              />
            )}
          </>
        ) : (
          <RecoverForm
            status={status}
            userName={forgotten}
            onRecovered={onRecovered}
            onBack={() => {
              setForgotten(null);
            }}
          />
        )}
      </div>
      <div className={styles.below}>
        {status.readOnlyCopy && (
          <Button size="compact-sm" variant="subtle" onClick={rest.onCloseCopy}>
            {text.shell.readOnlyCopy.back}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={rest.onLeave}>
          {status.demo ? text.start.choose.leaveDemo : text.start.choose.switch}
        </Button>
      </div>
    </StartScreen>
  );
}

interface SignInFormProps {
  readonly filledIn: { readonly userName: string; readonly password: string };
  readonly onSignedIn: (user: SignedInUser) => void;
  readonly onForgot: ((userName: string) => void) | undefined;
}

function SignInForm({ filledIn, onSignedIn, onForgot }: SignInFormProps) {
  const [userName, setUserName] = useState(filledIn.userName);
  const [password, setPassword] = useState(filledIn.password);
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const nameRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);

  useEffect(() => nameRef.current?.focus(), []);

  const signIn = async (): Promise<void> => {
    setBusy(true);
    setFailure('');
    try {
      const { user } = await daybook.session.signIn({ userName, password });
      onSignedIn(user);
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
      passwordRef.current?.focus();
      passwordRef.current?.select();
    }
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        // The first field still empty is the one to fill in.
        if (!userName.trim()) nameRef.current?.focus();
        else if (!password) passwordRef.current?.focus();
        else if (!busy) void signIn();
      }}
    >
      <TextInput
        ref={nameRef}
        label={words.userName}
        value={userName}
        maxLength={200}
        autoComplete="username"
        onChange={(event) => {
          setUserName(event.currentTarget.value);
        }}
      />
      <PasswordInput
        ref={passwordRef}
        label={words.password}
        value={password}
        maxLength={200}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': words.showPassword }}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
        }}
      />
      {failure && (
        <p role="alert" className={styles.error}>
          {failure}
        </p>
      )}
      <Button type="submit" size="sm" fullWidth aria-disabled={busy}>
        {words.submit}
      </Button>
      {onForgot && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            onForgot(userName);
          }}
        >
          {text.start.recover.forgot}
        </Button>
      )}
    </form>
  );
}

interface DemoPeopleProps {
  readonly status: OfficeStatus;
  readonly onChoose: (filledIn: { userName: string; password: string }) => void;
}

function DemoPeople({ status, onChoose }: DemoPeopleProps) {
  return (
    <section className={styles.people} aria-label={words.demoUsers}>
      <p className={styles.peopleIntro}>
        {words.demoIntro} <code>{status.demoPassword}</code>.
      </p>
      <ul className={styles.peopleList}>
        {status.demoUsers.map((person) => (
          <li key={person.userName}>
            <button
              type="button"
              className={styles.person}
              onClick={() => {
                onChoose({ userName: person.userName, password: status.demoPassword ?? '' });
              }}
            >
              <span className={styles.personName}>{person.displayName} </span>
              <span className={styles.personRole}>{roleText(person.role)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
