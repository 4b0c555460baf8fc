import { describe, expect, it } from 'vitest';
import { commands, refusalOf, type Chooser, type Command } from '../../electron/contract/commands.ts';
import { roles, type Role } from '../../electron/contract/users.ts';

const registry: readonly Command[] = commands;
const office: Chooser = { role: 'administrator', isOpen: true, isDemo: false, isReadOnlyCopy: false };

/** Ids of the commands that are refused, by the reason. */
function refused(chooser: Partial<Chooser>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const command of registry) {
    const reason = refusalOf(command, { ...office, ...chooser });
    if (reason) (found[reason] ??= []).push(command.id);
  }
  return found;
}

const forAdministrators = [
  'office.settings',
  'office.export',
  'backups.open',
  'users.open',
  'office.check',
  'health.open',
  'updates.open',
];
const forAnyone = ['office.switch', 'window.new', 'appearance.toggle', 'help.shortcuts'];

describe('what is chosen in the menu', () => {
  it.each<[Role, Record<string, string[]>]>([
    ['administrator', {}],
    ['manager', { administrator: forAdministrators }],
    ['adviser', { administrator: forAdministrators, importer: ['imports.open'] }],
    ['assistant', { administrator: forAdministrators, importer: ['imports.open'] }],
    [
      'readOnly',
      {
        administrator: forAdministrators,
        importer: ['imports.open'],
        writer: ['meetings.create', 'clients.create', 'journal.undo'],
      },
    ],
  ])('is refused to %s by what the role may do', (role, expected) => {
    expect(roles).toContain(role);
    expect(refused({ role })).toEqual(expected);
  });

  it('needs somebody who is signed in, but for what is of no office', () => {
    const all = registry.map(({ id }) => id).filter((id) => !forAnyone.includes(id));
    expect(refused({ role: null })).toEqual({ signedOut: all });
  });

  it('needs an office, but for the backups that bring one back', () => {
    const { noOffice = [], ...rest } = refused({ role: null, isOpen: false });
    expect(rest).toEqual({});
    expect(registry.map(({ id }) => id).filter((id) => !noOffice.includes(id))).toEqual(
      expect.arrayContaining([...forAnyone, 'backups.open']),
    );
    expect(noOffice).toHaveLength(registry.length - forAnyone.length - 1);
  });

  it('writes nothing in a copy to read, and leaves nothing behind in the demo office', () => {
    expect(refused({ isReadOnlyCopy: true })).toEqual({
      copy: ['meetings.create', 'clients.create', 'imports.open', 'office.settings', 'journal.undo'],
    });
    expect(refused({ isDemo: true })).toEqual({ demoBackups: ['backups.open'], demo: ['updates.open'] });
  });
});
