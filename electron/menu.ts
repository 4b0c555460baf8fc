import { Menu, type MenuItemConstructorOptions } from 'electron';
import { commands, refusalOf, type Chooser, type Command, type CommandId } from './contract/commands.ts';

export interface MenuOptions {
  /** Who is at the window in front. */
  readonly chooser: Omit<Chooser, 'isOpen'>;
  readonly choose: (id: CommandId) => void;
  readonly isDevelopment: boolean;
}

type Items = MenuItemConstructorOptions[];

const isMac = process.platform === 'darwin';
const separator: MenuItemConstructorOptions = { type: 'separator' };

/**
 * Entries are dimmed for whoever may not choose them. Those that help where no office is open never are: an office can go
 * away under whoever is signed in, and the window says what else is in the way.
 */
const isEnabled = (command: Command, { chooser }: MenuOptions): boolean =>
  refusalOf(command, { ...chooser, isOpen: !command.withoutOffice }) === null;

const ownItems = (menu: Command['menu'], options: MenuOptions): Items =>
  (commands as readonly (Command & { id: CommandId })[])
    .filter((command) => command.menu === menu)
    .map((command) => ({
      id: command.id,
      label: command.title,
      ...(command.accelerator !== undefined && { accelerator: command.accelerator }),
      enabled: isEnabled(command, options),
      click: () => {
        options.choose(command.id);
      },
    }));

/** Shift+Z is taken by "Undo last change", which concerns the office and not the text being typed. */
const editing: Items = [
  { role: 'undo' },
  { role: 'redo', accelerator: 'CmdOrCtrl+Y' },
  separator,
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
];

const viewing = (isDevelopment: boolean): Items => [
  separator,
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  separator,
  { role: 'togglefullscreen' },
  ...(isDevelopment
    ? ([separator, { role: 'reload', accelerator: 'F5' }, { role: 'toggleDevTools' }] as Items)
    : []),
];

/** Sets the program's menu anew; to be called when the window in front or who is signed in there changes. */
export function setMenu(options: MenuOptions): void {
  const template: Items = [
    ...(isMac ? ([{ role: 'appMenu' }] as Items) : []),
    {
      label: '&File',
      submenu: [
        ...ownItems('file', options),
        separator,
        { role: 'close' },
        ...(isMac ? [] : ([{ role: 'quit' }] as Items)),
      ],
    },
    { label: '&Edit', submenu: [...ownItems('edit', options), separator, ...editing] },
    { label: '&View', submenu: [...ownItems('view', options), ...viewing(options.isDevelopment)] },
    ...(isMac ? ([{ role: 'windowMenu' }] as Items) : []),
    { label: '&Help', role: 'help', submenu: ownItems('help', options) },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
