export const start = {
  starting: 'Opening the office…',
  tagline: 'Every client a dossier, every meeting found at once.',
  version: (version: string): string => `Version ${version}`,
  dataFolder: (path: string): string => `Data folder: ${path}`,
  trouble: {
    title: {
      missing: 'The database program is missing',
      unstartable: 'The database program does not start',
      locked: 'These data are in use',
      newer: 'These data were written by a newer Daybook',
      older: 'These data were written by a Daybook from before the first release',
      notRestored: 'The restored backup could not be put in its place',
      notUpgraded: 'These data could not be brought up to date',
      noRoomToUpgrade: 'There is too little room to bring these data up to date',
      stopped: 'The database program has stopped',
      damaged: 'Some of the data are damaged',
      network: 'This folder is on the network',
      synchronised: 'This folder is synchronised',
      readOnly: 'This folder cannot be written to',
      gone: 'This folder cannot be found',
      vanished: 'The data of this office are missing',
      full: 'There is too little room here',
      tooLong: 'The path of this folder is too long',
      notFolder: 'This is not a folder',
      noPermission: 'This folder is not open to you',
    },
    sentence: {
      missing:
        'Daybook keeps its records with a program that should lie here, but does not. Install Daybook again.',
      unstartable:
        'Daybook found its database program but could not start it. The lines below say what it answered.',
      locked:
        'Another Daybook, perhaps of another person on this computer, has this data folder open. Close it there first.',
      newer: 'This Daybook is too old to read them and leaves them untouched. Install the newer version.',
      notUpgraded:
        'They are of an older Daybook and were left as they are. Restore a backup, or send the lines below to whoever looks after Daybook.',
      notRestored:
        'It is proved and whole, and so is what was there before: nothing is lost. Free some space, or close programs that use this folder, and try again.',
      noRoomToUpgrade:
        'They are of an older Daybook, and a new copy of them needs room on the same drive. Free some and try again; nothing was changed.',
      older:
        'This Daybook cannot read them and leaves them untouched. Open them with the Daybook that wrote them.',
      stopped: 'What was saved is on disk. Daybook can start the program again.',
      damaged:
        'The file in which the office is kept is not as Daybook wrote it. A failing disk, a full one, or another program can cause that.',
    },
    driveFull:
      'The drive of this office is full. Nothing that was saved is lost: free some space, and Daybook goes on by itself.',
    /** @param version of the program that wrote the data last @param own this program's */
    newerThan: (version: string, own: string): string =>
      `They were last used with Daybook ${version}, and this is ${own}. It leaves them untouched: install Daybook ${version} or a later one.`,
    /**
     * @param actions as a number
     * @param records as a number; empty when there are no more of them than actions
     * @param from,to moments; empty when nobody can tell
     */
    lost: (count: number, actions: string, records: string, from: string, to: string): string => {
      const what = count === 1 ? 'One saved action' : `${actions} saved actions`;
      const about = records && `on ${records} records`;
      const isOneMoment = count === 1 || from === to;
      const between = from && to && !isOneMoment ? `made between ${from} and ${to}` : '';
      const made = between || (to && (count === 1 ? `made ${to}` : `the last one made ${to}`));
      const more = [about, made].filter(Boolean).map((each) => `, ${each}`);
      return `${what}${more.join('')}${more.length > 0 ? ',' : ''} cannot be read. Everything saved before is there.`;
    },
    /** @param from,to moments of the last action that can be read, and of the last that was saved; empty when nobody can tell */
    mayBeLost: (from: string, to: string): string => {
      const read = from ? ` The last action that can be read was made ${from}` : '';
      const saved = read && to ? `, the last one that was saved ${to}` : '';
      return `The list of the office’s files was lost, and some of what was saved may be missing.${read && `${read}${saved}.`}`;
    },
    lostAll: (to: string): string =>
      `Nothing of the office can be read${to ? `; it was last saved ${to}` : ''}. A backup can take its place.`,
    kept: 'Nothing is deleted: the damaged part stays in the folder, under “kept”.',
    repair: 'Open without them',
    openRest: 'Open what can be read',
    look: 'To look before you decide: a copy of what can be read is opened, and this folder stays as it is.',
    openReadOnly: 'Open read-only',
    exportReadable: 'Export what can be read…',
    showFolder: 'Show the folder',
    path: 'Where',
    log: 'What the program said',
    noLog: 'It said nothing.',
  },
  upgrading: {
    title: 'Bringing this office up to date',
    intro:
      'It was made with an older Daybook. A copy is brought up to date and takes its place once it is proved; the office as it was stays in its folder, under “kept”. You may close Daybook: it begins again then.',
    done: (percent: number): string => `${String(percent)} % done`,
  },
  choose: {
    title: 'Which office?',
    intro: 'The offices this computer knows, the last one first.',
    list: 'Offices',
    none: 'No office is on the list.',
    open: 'Open',
    unnamed: 'Office without a name yet',
    openedAt: (when: string): string => `Last opened ${when}`,
    missing: 'The folder cannot be found at the moment.',
    remove: (name: string): string => `Remove from list: ${name}`,
    removeShort: 'Remove from list',
    removeHint: 'Removing an office from the list deletes nothing: its folder and its data stay as they are.',
    removed: (name: string, folder: string): string =>
      `“${name}” is off the list. Its data stay in ${folder}.`,
    create: 'New office',
    openFolder: 'Open folder…',
    demo: 'Open the demo office',
    switch: 'Other offices…',
    back: 'Back to the list of offices',
    leaveDemo: 'Leave the demo',
  },
  recover: {
    forgot: 'Forgot the password?',
    title: 'A new password',
    intro:
      'With the recovery code an administrator can set a new password. Others ask an administrator, who sets it under Users.',
    none: 'This office has no recovery code. Another administrator can set a new password under Users.',
    userName: 'User name of an administrator',
    code: 'Recovery code',
    codeHint: 'Seven groups of four. Capitals, spaces and hyphens do not matter.',
    password: 'New password',
    passwordAgain: 'New password again',
    submit: 'Set the new password',
    back: 'Back to the sign-in',
  },
  firstRun: {
    title: 'Welcome to Daybook',
    intro: 'There is no office on this computer yet. How do you want to begin?',
    demo: 'Open the demo office',
    demoHint: '20,000 meetings of a made-up office to try everything out. It goes away in one step.',
    empty: 'Start with an empty office',
    emptyHint: 'Name the office and yourself; clients and meetings follow when you are ready.',
    import: 'Import meetings',
    importHint:
      'Bring your meetings in from a CSV file or an Excel workbook. The office and its administrator are made first.',
    restore: 'Restore a backup…',
    restoreHint: 'Bring an office back as it was, from a backup file made on this or another computer.',
    back: 'Back',
    officeTitle: 'Your office',
    importFirst: 'First the office and its administrator, then the file.',
    openFolder: 'Open the folder of an office…',
    officeName: 'Office name',
    colour: 'Colour',
    yourName: 'Your name',
    userName: 'User name',
    userNameHint: 'You sign in with it.',
    password: 'Password',
    passwordHint: 'At least 8 characters. Nobody can look it up for you later.',
    passwordAgain: 'Password again',
    create: 'Create the office',
    creatingDemo: 'Making the demo office…',
  },
  signIn: {
    title: (office: string): string => office,
    demoTitle: 'Demo office',
    userName: 'User name',
    password: 'Password',
    submit: 'Sign in',
    showPassword: 'Show what is typed',
    demoIntro: 'Choose somebody to sign in as. All of them have the password',
    demoUsers: 'People of the demo office',
    exportIntro: 'Sign in as an administrator to export what can be read.',
  },
} as const;
