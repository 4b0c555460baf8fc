import { useMantineColorScheme, useComputedColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
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
import { SignIn } from './start/SignIn.tsx';
import { Starting } from './start/Starting.tsx';
import { Trouble } from './start/Trouble.tsx';
import { forgetWrites } from './writes.ts';

/** Which of the program's faces is shown: trouble, first run, sign-in, or the office itself. */
export function App() {
  const [firstScreen, setFirstScreen] = useState<ScreenName>('meetings');
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const status = useQuery({ queryKey: ['office'], queryFn: () => daybook.office.status() });
  const session = useSession();
  const toggleAppearance = useAppearance();
  const openShortcuts = (): void => {
    setShortcutsOpen(true);
  };
  useEffect(followChanges, []);
  useEffect(listenForCommands, []);
  useCommand('appearance.toggle', toggleAppearance);
  useCommand('help.shortcuts', openShortcuts);

  const office = status.data;
  const askStatus = (): void => {
    void askAgain({ queryKey: ['office'] });
  };
  const tryAgain = (): void => {
    void daybook.office
      .reopen()
      .catch(() => undefined)
      .then(askStatus);
  };
  const face = () => {
    if (!office || office.state === 'starting' || session.user === undefined) return <Starting />;
    setOfficeZone(office.zone);
    if (office.state === 'trouble' && office.trouble) {
      return <Trouble trouble={office.trouble} version={office.appVersion} onTryAgain={tryAgain} />;
    }
    if (session.user) {
      return (
        <SignedIn
          key={session.user.id}
          status={office}
          user={session.user}
          firstScreen={firstScreen}
          onSignOut={session.signOut}
          onAppearance={toggleAppearance}
          onShortcuts={openShortcuts}
        />
      );
    }
    const enter = (user: SignedInUser, screen: ScreenName): void => {
      setFirstScreen(screen);
      session.enter(user);
    };
    if (office.state === 'firstRun') {
      return (
        <FirstRun
          status={office}
          onDemo={askStatus}
          onCreated={(user, thenImport) => {
            askStatus();
            enter(user, thenImport ? 'import' : 'meetings');
          }}
        />
      );
    }
    return (
      <SignIn
        status={office}
        onSignedIn={(user) => {
          enter(user, 'meetings');
        }}
      />
    );
  };
  return (
    <>
      {face()}
      <Shortcuts
        opened={shortcutsOpen}
        onClose={() => {
          setShortcutsOpen(false);
        }}
      />
    </>
  );
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
