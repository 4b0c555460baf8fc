/** What somebody was typing when the program ended without being asked to. */
export const drafts = {
  label: { meeting: 'Unfinished meeting', client: 'Unfinished client', user: 'Unfinished user' },
  a: { meeting: 'a meeting', client: 'a client', user: 'a user' },
  /** @param what with its article @param name empty when nothing was typed there */
  sentence: (what: string, name: string, when: string): string =>
    name
      ? `You were writing “${name.length > 40 ? `${name.slice(0, 40)}…` : name}” (${when}).`
      : `You were writing ${what} (${when}).`,
  goOn: 'Go on',
  giveUp: 'Discard',
};
