import { Tooltip } from '@mantine/core';
import {
  IconBuildingCommunity,
  IconCalendarEvent,
  IconFileImport,
  IconHistory,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { text } from '../text.ts';
import styles from './Navigation.module.css';
import type { ScreenName } from './screens.ts';

interface NavigationProps {
  readonly screens: readonly ScreenName[];
  readonly current: ScreenName;
  readonly wide: boolean;
  readonly onWide: (wide: boolean) => void;
  readonly onOpen: (screen: ScreenName) => void;
  readonly children: ReactNode;
}

const icon = { size: 19, stroke: 1.7, 'aria-hidden': true } as const;
const icons: Readonly<Record<ScreenName, ReactNode>> = {
  meetings: <IconCalendarEvent {...icon} />,
  clients: <IconBuildingCommunity {...icon} />,
  users: <IconUsers {...icon} />,
  journal: <IconHistory {...icon} />,
  import: <IconFileImport {...icon} />,
};
const words = text.shell;

export function Navigation(props: NavigationProps) {
  const { screens, current, wide, onWide, onOpen, children } = props;
  return (
    <nav aria-label={words.navigation} className={styles.side} data-wide={wide}>
      <div className={styles.links}>
        {screens.map((screen) => (
          <Item
            key={screen}
            wide={wide}
            icon={icons[screen]}
            label={words.screens[screen]}
            current={screen === current}
            onClick={() => {
              onOpen(screen);
            }}
          />
        ))}
      </div>
      <div className={styles.foot}>
        <Item
          wide={wide}
          quiet
          icon={
            wide ? <IconLayoutSidebarLeftCollapse {...icon} /> : <IconLayoutSidebarLeftExpand {...icon} />
          }
          label={wide ? words.collapse : words.expand}
          onClick={() => {
            onWide(!wide);
          }}
        />
        {children}
      </div>
    </nav>
  );
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly wide: boolean;
  readonly current?: boolean;
  /** Shows its sign only, even when there is room for the words. */
  readonly quiet?: boolean;
  readonly onClick: () => void;
}

function Item({ icon: sign, label, wide, current = false, quiet = false, onClick }: ItemProps) {
  return (
    <Tooltip label={label} position="right" disabled={wide && !quiet}>
      <button
        type="button"
        className={styles.item}
        aria-label={label}
        aria-current={current ? 'page' : undefined}
        onClick={onClick}
      >
        {sign}
        {!quiet && <span className={styles.itemLabel}>{label}</span>}
      </button>
    </Tooltip>
  );
}
