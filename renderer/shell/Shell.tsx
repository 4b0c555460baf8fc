import { useLocalStorage } from '@mantine/hooks';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { useCommand } from '../commands.ts';
import { text } from '../text.ts';
import { Notice } from '../ui/Notice.tsx';
import { Screen } from '../ui/Screen.tsx';
import { CopyBanner } from './CopyBanner.tsx';
import { Navigation } from './Navigation.tsx';
import { OfficeBar } from './OfficeBar.tsx';
import styles from './Shell.module.css';
import { RestartNotice } from './RestartNotice.tsx';
import { SpaceBanner } from './SpaceBanner.tsx';
import { UserMenu } from './UserMenu.tsx';
import { screensOf } from './screens.ts';
import type { ScreenName } from './screens.ts';

interface ShellProps {
  readonly status: OfficeStatus;
  readonly user: SignedInUser;
  readonly screen: ScreenName;
  readonly onScreen: (screen: ScreenName) => void;
  readonly onSignOut: () => void;
  /** To the list of offices; out of the demo. */
  readonly onLeave: () => void;
  /** From a copy back to the office that does not open. */
  readonly onCloseCopy: () => void;
  readonly onSettings: () => void;
  readonly onMakeCode: () => void;
  readonly onUpdates: () => void;
  /** Says what is new, in the bar above every screen. */
  readonly notice: ReactNode;
  readonly onAppearance: () => void;
  readonly onShortcuts: () => void;
  readonly children: ReactNode;
}

/** What surrounds every screen once somebody is signed in. */
export function Shell(props: ShellProps) {
  const { status, user, screen, onScreen, onSignOut, onLeave, onSettings, onMakeCode, onUpdates, children } =
    props;
  const isAdministrator = user.role === 'administrator';
  const [wide, setWide] = useLocalStorage({
    key: 'navigation-wide',
    defaultValue: window.innerWidth >= 1500,
    getInitialValueInEffect: false,
  });
  const screens = screensOf(user, status.readOnlyCopy);
  const open = (name: ScreenName) => () => {
    onScreen(name);
  };
  useCommand('meetings.open', open('meetings'));
  useCommand('clients.open', open('clients'));
  useCommand('journal.open', open('journal'));
  useCommand('users.open', open('users'));
  useCommand('imports.open', open('import'));
  useCommand('session.signOut', onSignOut);
  useCommand('session.switchUser', onSignOut);

  return (
    <div className={styles.frame}>
      <OfficeBar
        status={status}
        offersCode={isAdministrator && !status.demo && !status.readOnlyCopy && !status.hasRecoveryCode}
        onMakeCode={onMakeCode}
        onLeaveDemo={onLeave}
      >
        {props.notice}
      </OfficeBar>
      {status.readOnlyCopy && <CopyBanner onClose={props.onCloseCopy} />}
      <SpaceBanner status={status} />
      {status.restarting && <RestartNotice />}
      <div className={styles.shell}>
        <Navigation screens={screens} current={screen} wide={wide} onWide={setWide} onOpen={onScreen}>
          <UserMenu
            user={user}
            demo={status.demo}
            onSettings={isAdministrator && !status.readOnlyCopy ? onSettings : undefined}
            onUpdates={isAdministrator && !status.demo ? onUpdates : undefined}
            onSwitchOffice={onLeave}
            onSwitchUser={onSignOut}
            onSignOut={onSignOut}
            onAppearance={props.onAppearance}
            onShortcuts={props.onShortcuts}
          />
        </Navigation>
        <div className={styles.content}>
          {screens.includes(screen) ? (
            children
          ) : (
            <Screen title={text.shell.screens[screen]}>
              <Notice icon={<IconLock size={22} stroke={1.6} />} title={text.shell.notForYou}>
                {text.shell.notForYouHint}
              </Notice>
            </Screen>
          )}
        </div>
      </div>
    </div>
  );
}
