import { PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { password as passwordSchema, roles, userFields } from '../../electron/contract/users.ts';
import type { User, UserRow } from '../../electron/contract/users.ts';
import { daybook } from '../daybook.ts';
import { onlyProblems, problemOf } from '../problems.ts';
import { text } from '../text.ts';
import { FormModal } from '../ui/FormModal.tsx';
import type { Fields } from '../ui/useFields.ts';
import { offerUndo } from '../undo.tsx';
import type { Announce } from '../sendForm.ts';
import { useRecordForm, type Typed } from '../useRecordForm.tsx';
import { write } from '../writes.ts';
import { emptyUser, userDraftOf, userIn, type UserDraft } from './userDraft.ts';

/** What the form is about: a user to change, or a new one. */
export interface UserFormSubject {
  readonly user?: UserRow;
  /** What was typed before a crash; the password never is kept. */
  readonly typed?: Typed<UserDraft>;
}

interface UserFormProps {
  readonly subject: UserFormSubject;
  readonly onClose: () => void;
}

const words = text.users.form;
const schema = userFields.shape;
/** A new user who may sign in needs a password; an old one keeps theirs. */
const problemsOf = (isNew: boolean) => (draft: UserDraft) =>
  onlyProblems<UserDraft>({
    displayName: problemOf(schema.displayName, words.displayName, draft.displayName),
    userName: problemOf(schema.userName, words.userName, draft.userName),
    password:
      draft.password === '' && !(isNew && draft.active)
        ? undefined
        : problemOf(passwordSchema, words.password, draft.password),
  });

async function saveUser(draft: UserDraft, before: User | undefined, announce: Announce): Promise<User> {
  const { password: typed, displayName, userName, ...rest } = draft;
  const fields = { ...rest, displayName: displayName.trim(), userName: userName.trim() };
  const password = typed === '' ? {} : { password: typed };
  if (!before) {
    const { user, entry } = await write(
      { createUser: fields, password: typed },
      (writeId) => daybook.users.create({ writeId, fields, ...password }),
      announce,
    );
    offerUndo(text.users.created(user.displayName), entry);
    return user;
  }
  const { id, version } = before;
  const { user, entry } = await write(
    { updateUser: id, version, fields, password: typed },
    (writeId) => daybook.users.update({ writeId, id, version, fields, ...password }),
    announce,
  );
  offerUndo(text.users.changedNote(user.displayName), entry);
  return user;
}

export default function UserForm({ subject, onClose }: UserFormProps) {
  const { user, typed } = subject;
  const { fields, modal } = useRecordForm<User, UserDraft>({
    keeping: { noun: 'user', idOf: ({ id }) => id, withoutSecrets: (draft) => ({ ...draft, password: '' }) },
    record: user,
    emptyDraft: () => emptyUser,
    draftOf: userDraftOf,
    typed,
    problems: problemsOf(!user),
    load: async ({ id }) => userIn((await daybook.users.list()).users, id),
    save: saveUser,
    onClose,
  });
  return (
    <FormModal
      {...modal}
      title={user ? words.editTitle : words.createTitle}
      submitLabel={user ? words.save : words.create}
    >
      <UserInputs fields={fields} isNew={!user} />
    </FormModal>
  );
}

function UserInputs({ fields, isNew }: { readonly fields: Fields<UserDraft>; readonly isNew: boolean }) {
  const { values, set, bind } = fields;
  const isAdministrator = values.role === 'administrator';
  return (
    <>
      <TextInput
        wrapperProps={{ 'data-span': 3 }}
        label={words.displayName}
        withAsterisk
        data-autofocus
        {...bind('displayName')}
      />
      <TextInput
        wrapperProps={{ 'data-span': 3 }}
        label={words.userName}
        withAsterisk
        autoComplete="off"
        {...bind('userName')}
      />
      <Select
        wrapperProps={{ 'data-span': 3 }}
        label={words.role}
        description={words.roleHints[values.role]}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={roles.map((value) => ({ value, label: text.roles[value] }))}
        value={values.role}
        onChange={(role) => {
          if (role) set('role', role);
        }}
      />
      <div data-span="3">
        <PasswordInput
          label={isNew ? words.password : words.newPassword}
          description={isNew ? undefined : words.newPasswordHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': text.start.signIn.showPassword }}
          {...bind('password')}
        />
      </div>
      <Switch
        wrapperProps={{ 'data-span': 3 }}
        label={words.seesAllClients}
        description={isAdministrator ? words.administratorSeesAll : words.seesAllHint}
        checked={isAdministrator || values.seesAllClients}
        disabled={isAdministrator}
        onChange={(event) => {
          set('seesAllClients', event.currentTarget.checked);
        }}
      />
      <Switch
        wrapperProps={{ 'data-span': 3 }}
        label={words.active}
        description={words.activeHint}
        checked={values.active}
        onChange={(event) => {
          set('active', event.currentTarget.checked);
        }}
      />
    </>
  );
}
