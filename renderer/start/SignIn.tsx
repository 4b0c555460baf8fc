import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { roles } from '../../electron/contract/users.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { StartScreen } from './StartScreen.tsx';
import styles from './StartScreen.module.css';

interface SignInProps {
  readonly status: OfficeStatus;
  readonly onSignedIn: (user: SignedInUser) => void;
}

const words = text.start.signIn;

const roleText = (role: string): string => {
  const known = roles.find((other) => other === role);
  return known ? text.roles[known] : role;
};

export function SignIn({ status, onSignedIn }: SignInProps) {
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
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
    <StartScreen footer={text.start.version(status.appVersion)}>
      <div className={status.demo ? `${styles.card} ${styles.wide}` : styles.card}>
        <h1 className={styles.title}>{status.demo ? words.demoTitle : words.title(status.name)}</h1>
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
        </form>
        {status.demo && (
          <DemoPeople
            status={status}
            onChoose={(name) => {
              setUserName(name);
              setPassword(status.demoPassword ?? '');
              setFailure('');
            }}
          />
        )}
      </div>
    </StartScreen>
  );
}

interface DemoPeopleProps {
  readonly status: OfficeStatus;
  readonly onChoose: (userName: string) => void;
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
                onChoose(person.userName);
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
