import { useMantineColorScheme, useComputedColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { OfficeStatus } from '../electron/contract/office.ts';
import type { SignedInUser } from '../electron/contract/session.ts';
import { SignedIn } from './SignedIn.tsx';
import { listenForCommands, useCommand } from './commands.ts';
import { daybook } from './daybook.ts';
import { setOfficeZone } from './format.ts';
import { clearImportDesk } from './imports/ImportDesk.ts';
import { letRowsGo } from './meetings/MeetingBrowser.ts';
import { askAgain, followChanges, queryClient } from './queries.ts';
import { Shortcuts } from './shell/Shortcuts.tsx';
import type { ScreenName } from './shell/screens.ts';
import { FirstRun } from './start/FirstRun.tsx';
import { OfficeChooser } from './start/OfficeChooser.tsx';
import { RecoveryCodeScreen } from './start/RecoveryCodeScreen.tsx';
import { SignIn } from './start/SignIn.tsx';
import { Starting } from './start/Starting.tsx';
import { Trouble } from './start/Trouble.tsx';
import { text } from './text.ts';
import { sayFailure } from './undo.tsx';
import { forgetWrites } from './writes.ts';

// Asked for rarely.
const BackupsDialog = lazy(() => import('./backups/BackupsDialog.tsx'));

/** A recovery code that was just made, and where its owner goes once it is written down. */
interface NewCode {
  readonly code: string;
  readonly user: SignedInUser;
  readonly screen: ScreenName;
}

const askStatus = (): void => {
  void askAgain({ queryKey: ['office'] });
};
const reopen = (repair: boolean): void => {
  void daybook.office
    .reopen({ repair })
    .catch(() => undefined)
    .then(askStatus);
};

/** Which of the program's faces is shown: trouble, the offices, first run, sign-in, or the office itself. */
export function App() {
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const [backupsOpen, setBackupsOpen] = useState(false);
  const toggleAppearance = useAppearance();
  const openShortcuts = (): void => {
    setShortcutsOpen(true);
  };
  useEffect(followChanges, []);
  useEffect(listenForCommands, []);
  useCommand('appearance.toggle', toggleAppearance);
  useCommand('help.shortcuts', openShortcuts);
  // Also where no office opens: a backup is what brings it back.
  useCommand('backups.open', () => {
    setBackupsOpen(true);
  });
  return (
    <>
      <Face onAppearance={toggleAppearance} onShortcuts={openShortcuts} />
      {backupsOpen && (
        <Suspense fallback={null}>
          <BackupsDialog
            onClose={() => {
              setBackupsOpen(false);
            }}
          />
        </Suspense>
      )}
      <Shortcuts
        opened={shortcutsOpen}
        onClose={() => {
          setShortcutsOpen(false);
        }}
      />
    </>
  );
}

interface FaceProps {
  readonly onAppearance: () => void;
  readonly onShortcuts: () => void;
}

function Face(props: FaceProps) {
  const [firstScreen, setFirstScreen] = useState<ScreenName>('meetings');
  const [newCode, setNewCode] = useNewCode();
  const office = useQuery({ queryKey: ['office'], queryFn: () => daybook.office.status() }).data;
  const copy = useReadOnlyCopy(office?.readOnlyCopy ?? false);
  const session = useSession();
  const leave = (): void => {
    session.forget();
    void daybook.offices.leave().catch(sayFailure).then(askStatus);
  };
  useWindowTitle(office);
  // A code on screen is shown only this once: nothing leads away from it.
  useCommand('office.switch', leave, office?.state !== 'choosing' && newCode === null);
  if (!office || office.state === 'starting' || session.user === undefined)
    return <Starting office={office} />;
  setOfficeZone(office.zone);
  if (office.state === 'trouble' && office.trouble) {
    return (
      <Trouble
        trouble={office.trouble}
        status={office}
        onReopen={reopen}
        onOpenCopy={copy.open}
        onLeave={leave}
      />
    );
  }
  if (office.state === 'choosing') return <OfficeChooser status={office} />;
  const enter = (user: SignedInUser, screen: ScreenName = 'meetings'): void => {
    setNewCode(null);
    setFirstScreen(screen);
    session.enter(user);
  };
  if (newCode) {
    const { code, user, screen } = newCode;
    const proceed = (): void => {
      enter(user, screen);
    };
    return <RecoveryCodeScreen code={code} onProceed={proceed} />;
  }
  if (session.user) {
    return (
      <SignedIn
        key={session.user.id}
        status={office}
        user={session.user}
        firstScreen={firstScreen}
        firstForm={copy.isToExport && session.user.role === 'administrator' ? 'export' : null}
        onCloseCopy={copy.close}
        onSignOut={session.signOut}
        onLeave={leave}
        {...props}
      />
    );
  }
  if (office.state === 'firstRun') {
    return (
      <FirstRun
        status={office}
        onOpened={askStatus}
        onLeave={leave}
        onCreated={(user, code, thenImport) => {
          askStatus();
          setNewCode({ code, user, screen: thenImport ? 'import' : 'meetings' });
        }}
      />
    );
  }
  return (
    <SignIn
      status={office}
      onLeave={leave}
      onCloseCopy={copy.close}
      isToExport={copy.isToExport}
      onSignedIn={enter}
      onRecovered={(user, code) => {
        setNewCode({ code, user, screen: 'meetings' });
      }}
    />
  );
}

/** The code that is on screen, if one is; it goes with the session of who may see it. */
function useNewCode() {
  const [newCode, setNewCode] = useState<NewCode | null>(null);
  useEffect(
    () =>
      daybook.on('signedOut', () => {
        setNewCode(null);
      }),
    [],
  );
  return [newCode, setNewCode] as const;
}

/** The way into a copy of an office that does not open, perhaps to export it, and out of it again. */
function useReadOnlyCopy(isOpen: boolean) {
  const [isToExport, setToExport] = useState(false);
  return {
    isToExport: isToExport && isOpen,
    open: async (toExport: boolean): Promise<void> => {
      await daybook.office.openReadOnlyCopy();
      setToExport(toExport);
      askStatus();
    },
    close: (): void => {
      setToExport(false);
      void daybook.office.closeReadOnlyCopy().catch(sayFailure).then(askStatus);
    },
  };
}

/** The window says which office it shows, so that two are not mistaken for each other. */
function useWindowTitle(office: OfficeStatus | undefined): void {
  const name = office?.name ?? '';
  useEffect(() => {
    document.title = name === '' ? text.product : text.windowTitle(name);
  }, [name]);
}

/** Who is signed in at this window; undefined until it is known. Nothing of one user stays for the next. */
function useSession() {
  const current = useQuery({ queryKey: ['session'], queryFn: () => daybook.session.current() });
  const user = current.data?.user;
  const leave = (): void => {
    const old = queryClient.getQueryData<{ user: SignedInUser | null }>(['session'])?.user;
    if (old) letRowsGo(old.id);
    forgetWrites();
    clearImportDesk();
    notifications.clean();
    queryClient.setQueryData(['session'], { user: null });
    queryClient.removeQueries({
      predicate: ({ queryKey }) => !['office', 'session'].includes(String(queryKey[0])),
    });
  };
  useEffect(() => daybook.on('signedOut', leave), []);
  return {
    user,
    /** Main ends the session by itself. */
    forget: leave,
    enter: (next: SignedInUser): void => {
      leave();
      queryClient.setQueryData(['session'], { user: next });
    },
    signOut: (): void => {
      // The window forgets at once, whatever the answer.
      void daybook.session.signOut().catch(() => undefined);
      leave();
    },
  };
}

function useAppearance(): () => void {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return () => {
    setColorScheme(scheme === 'dark' ? 'light' : 'dark');
  };
}
