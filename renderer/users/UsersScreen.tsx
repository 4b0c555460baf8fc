import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserRow } from '../../electron/contract/users.ts';
import { daybook } from '../daybook.ts';
import { ListTrouble } from '../list/ListTrouble.tsx';
import { text } from '../text.ts';
import { Screen } from '../ui/Screen.tsx';
import table from '../ui/table.module.css';
import { Assignment } from './Assignment.tsx';
import type { UserFormSubject } from './UserForm.tsx';
import styles from './UsersScreen.module.css';

interface UsersScreenProps {
  /** Undefined where nothing can be saved. */
  readonly onForm: ((subject: UserFormSubject) => void) | undefined;
}

const words = text.users;

export default function UsersScreen({ onForm }: UsersScreenProps) {
  const { data, error, refetch } = useQuery({ queryKey: ['users'], queryFn: () => daybook.users.list() });
  const [assigned, setAssigned] = useState<UserRow | null>(null);
  return (
    <Screen
      title={words.title}
      tools={
        <div role="status" className={styles.total}>
          {data ? words.total(data.users.length) : ''}
        </div>
      }
      actions={
        onForm && (
          <Button
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => {
              onForm({});
            }}
          >
            {words.create}
          </Button>
        )
      }
    >
      {error ? (
        <ListTrouble failure={error} onTryAgain={() => void refetch()} />
      ) : (
        <UserTable users={data?.users ?? []} onForm={onForm} onAssign={setAssigned} />
      )}
      {assigned && (
        <Assignment
          user={assigned}
          onClose={() => {
            setAssigned(null);
          }}
        />
      )}
    </Screen>
  );
}

interface UserLineProps extends UsersScreenProps {
  readonly onAssign: (user: UserRow) => void;
}

interface UserTableProps extends UserLineProps {
  readonly users: readonly UserRow[];
}

function UserTable({ users, ...open }: UserTableProps) {
  const { columns } = words;
  return (
    <div className={table.scroll} tabIndex={0} role="group" aria-label={words.table}>
      <table className={table.table} aria-label={words.table}>
        <thead>
          <tr>
            {[columns.name, columns.userName, columns.role, columns.sees, columns.state].map((header) => (
              <th key={header} scope="col">
                {header}
              </th>
            ))}
            <th scope="col">
              <span className="hidden-text">{columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <UserLine key={user.id} user={user} {...open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function UserLine({ user, onForm, onAssign }: UserLineProps & { readonly user: UserRow }) {
  const seesAll = user.seesAllClients || user.role === 'administrator';
  return (
    <tr className={user.active ? undefined : table.off}>
      <td className={table.strong}>{user.displayName}</td>
      <td>{user.userName}</td>
      <td>{text.roles[user.role]}</td>
      <td className={table.numbers}>{seesAll ? words.allClients : words.someClients(user.clients)}</td>
      <td>
        <span className={styles.state} data-active={user.active}>
          {user.active ? words.active : words.inactive}
        </span>
      </td>
      <td className={table.actions}>
        {onForm && (
          <>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={words.assign(user.displayName)}
              onClick={() => {
                onAssign(user);
              }}
            >
              {words.assignShort}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={words.edit(user.displayName)}
              onClick={() => {
                onForm({ user });
              }}
            >
              {text.edit}
            </Button>
          </>
        )}
      </td>
    </tr>
  );
}
