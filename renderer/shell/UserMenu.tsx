import { Menu, useComputedColorScheme } from '@mantine/core';
import {
  IconBuilding,
  IconBuildings,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPackage,
  IconSun,
  IconSwitchHorizontal,
} from '@tabler/icons-react';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { text } from '../text.ts';
import styles from './Navigation.module.css';

interface UserMenuProps {
  readonly user: SignedInUser;
  readonly demo: boolean;
  /** For administrators only, and not in a copy to read. */
  readonly onSettings: (() => void) | undefined;
  /** For administrators of offices that are no demo. */
  readonly onUpdates: (() => void) | undefined;
  readonly onSwitchOffice: () => void;
  readonly onSwitchUser: () => void;
  readonly onSignOut: () => void;
  readonly onAppearance: () => void;
  readonly onShortcuts: () => void;
}

const initials = (name: string): string => {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words.at(-1) : '';
  return `${words[0]?.charAt(0) ?? ''}${last?.charAt(0) ?? ''}`.toUpperCase();
};

export function UserMenu(props: UserMenuProps) {
  const {
    user,
    demo,
    onSettings,
    onUpdates,
    onSwitchOffice,
    onSwitchUser,
    onSignOut,
    onAppearance,
    onShortcuts,
  } = props;
  const words = text.shell;
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Menu position="right-end" width={210} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={styles.user}>
          <span className="hidden-text">{words.userMenu} </span>
          <span className={styles.avatar} aria-hidden>
            {initials(user.displayName)}
          </span>
          <span className={styles.userText}>
            <span className={styles.userName}>{user.displayName} </span>
            <span className={styles.userRole}>{text.roles[user.role]}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={dark ? <IconSun size={16} /> : <IconMoon size={16} />} onClick={onAppearance}>
          {dark ? words.light : words.dark}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onShortcuts}>
          {words.shortcuts}
        </Menu.Item>
        {onSettings && (
          <Menu.Item leftSection={<IconBuilding size={16} />} onClick={onSettings}>
            {words.settings}
          </Menu.Item>
        )}
        {onUpdates && (
          <Menu.Item leftSection={<IconPackage size={16} />} onClick={onUpdates}>
            {words.updates}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconBuildings size={16} />} onClick={onSwitchOffice}>
          {demo ? words.leaveDemo : words.switchOffice}
        </Menu.Item>
        <Menu.Item leftSection={<IconSwitchHorizontal size={16} />} onClick={onSwitchUser}>
          {words.switchUser}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={onSignOut}>
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
