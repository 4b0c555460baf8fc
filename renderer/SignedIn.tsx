import { lazy, Suspense, useCallback, useState } from 'react';
import type { Meeting } from '../electron/contract/meetings.ts';
import type { OfficeStatus } from '../electron/contract/office.ts';
import type { SignedInUser } from '../electron/contract/session.ts';
import { useCommand } from './commands.ts';
import { browserOf } from './meetings/MeetingBrowser.ts';
import type { ClientFormSubject } from './clients/ClientForm.tsx';
import { DraftNotice } from './DraftNotice.tsx';
import type { MeetingFormSubject } from './meetings/MeetingForm.tsx';
import { MeetingsScreen } from './meetings/MeetingsScreen.tsx';
import { cleared, withValues } from './meetings/filter.ts';
import { Shell } from './shell/Shell.tsx';
import type { ScreenName } from './shell/screens.ts';
import { BackupsNotice } from './backups/BackupsNotice.tsx';
import { UpdateNotice } from './updates/UpdateNotice.tsx';
import type { UserFormSubject } from './users/UserForm.tsx';
import { Fallback } from './ui/Fallback.tsx';
import { undoLast } from './undo.tsx';

// The list of meetings is what is painted first; the rest comes when it is asked for.
const MeetingForm = lazy(() => import('./meetings/MeetingForm.tsx'));
const ClientForm = lazy(() => import('./clients/ClientForm.tsx'));
const ClientsScreen = lazy(() => import('./clients/ClientsScreen.tsx'));
const UserForm = lazy(() => import('./users/UserForm.tsx'));
const UsersScreen = lazy(() => import('./users/UsersScreen.tsx'));
const JournalScreen = lazy(() => import('./journal/JournalScreen.tsx'));
const OfficeSettings = lazy(() => import('./office/OfficeSettings.tsx'));
const CheckDialog = lazy(() => import('./office/CheckDialog.tsx'));
const ExportDialog = lazy(() => import('./office/ExportDialog.tsx'));
const HealthDialog = lazy(() => import('./health/HealthDialog.tsx'));
const RenewCode = lazy(() => import('./office/RenewCode.tsx'));
const UpdatesDialog = lazy(() => import('./updates/UpdatesDialog.tsx'));
const ImportScreen = lazy(() => import('./imports/ImportScreen.tsx'));

interface SignedInProps {
  readonly status: OfficeStatus;
  readonly user: SignedInUser;
  readonly firstScreen: ScreenName;
  /** Open from the beginning. */
  readonly firstForm: OfficeFormName | null;
  readonly onSignOut: () => void;
  readonly onLeave: () => void;
  readonly onCloseCopy: () => void;
  readonly onAppearance: () => void;
  readonly onShortcuts: () => void;
}

/** Which form is open in front of the screens. */
function useForms(firstForm: OfficeFormName | null) {
  const [meetingForm, setMeetingForm] = useState<MeetingFormSubject | null>(null);
  const [clientForm, setClientForm] = useState<ClientFormSubject | null>(null);
  const [userForm, setUserForm] = useState<UserFormSubject | null>(null);
  const [officeForm, setOfficeForm] = useState(firstForm);
  const createMeeting = useCallback(() => {
    setMeetingForm({});
  }, []);
  const editMeeting = useCallback((meeting: Meeting) => {
    setMeetingForm({ meeting });
  }, []);
  const createClient = useCallback(() => {
    setClientForm({});
  }, []);
  const closeForms = useCallback(() => {
    setMeetingForm(null);
    setClientForm(null);
    setUserForm(null);
    setOfficeForm(null);
  }, []);
  const openForm = (form: OfficeFormName) => () => {
    setOfficeForm(form);
  };
  return {
    ...{ meetingForm, clientForm, userForm, officeForm },
    ...{
      setMeetingForm,
      setClientForm,
      setUserForm,
      createMeeting,
      editMeeting,
      createClient,
      openForm,
      closeForms,
    },
  };
}

function useOfficeCommands(openForm: (form: OfficeFormName) => () => void): void {
  useCommand('office.settings', openForm('settings'));
  useCommand('office.check', openForm('check'));
  useCommand('office.export', openForm('export'));
  useCommand('health.open', openForm('health'));
  useCommand('updates.open', openForm('updates'));
}

/** The office as one user sees it: the shell, its screens, and the forms that any screen can open. */
export function SignedIn({ user, firstScreen, firstForm, ...rest }: SignedInProps) {
  const [screen, setScreen] = useState(firstScreen);
  const forms = useForms(firstForm);
  const { createMeeting, editMeeting, createClient, openForm } = forms;
  const browser = browserOf(user.id);
  const canWrite = user.role !== 'readOnly' && !rest.status.readOnlyCopy;

  const showMeetingsOf = (client: { id: string; name: string }): void => {
    browser.remember('client', [{ value: client.id, label: client.name }]);
    browser.filterBy(withValues(cleared(browser.getLook().filter), 'client', [client.id]));
    setScreen('meetings');
  };
  const showMeetings = (): void => {
    browser.filterBy(cleared(browser.getLook().filter));
    setScreen('meetings');
  };
  useCommand('meetings.create', createMeeting);
  useCommand('clients.create', createClient);
  useOfficeCommands(openForm);
  useCommand('journal.undo', () => void undoLast(user));

  return (
    <>
      <Shell
        user={user}
        screen={screen}
        onScreen={setScreen}
        onSettings={openForm('settings')}
        onMakeCode={openForm('code')}
        onUpdates={openForm('updates')}
        notice={
          <>
            {canWrite && (
              <DraftNotice
                user={user}
                onMeeting={forms.setMeetingForm}
                onClient={forms.setClientForm}
                onUser={forms.setUserForm}
              />
            )}
            {user.role === 'administrator' && !rest.status.demo && (
              <>
                <BackupsNotice />
                <UpdateNotice onOpen={openForm('updates')} />
              </>
            )}
          </>
        }
        {...rest}
      >
        <Fallback key={screen}>
          <Suspense fallback={null}>
            {screen === 'meetings' && (
              <MeetingsScreen
                canWrite={canWrite}
                browser={browser}
                onCreate={createMeeting}
                onEdit={editMeeting}
              />
            )}
            {screen === 'clients' && (
              <ClientsScreen
                canWrite={canWrite}
                onCreate={createClient}
                onShowMeetings={showMeetingsOf}
                onCreateMeeting={(client) => {
                  forms.setMeetingForm({ client });
                }}
              />
            )}
            {screen === 'users' && <UsersScreen onForm={canWrite ? forms.setUserForm : undefined} />}
            {screen === 'journal' && <JournalScreen user={user} canWrite={canWrite} />}
            {screen === 'import' && <ImportScreen onShowMeetings={showMeetings} />}
          </Suspense>
        </Fallback>
      </Shell>
      <OpenForms user={user} status={rest.status} forms={forms} />
    </>
  );
}

interface OpenFormsProps {
  readonly user: SignedInUser;
  readonly status: OfficeStatus;
  readonly forms: ReturnType<typeof useForms>;
}

function OpenForms({ user, status, forms }: OpenFormsProps) {
  const { meetingForm, clientForm, userForm, officeForm, openForm, closeForms } = forms;
  return (
    <Suspense fallback={null}>
      {meetingForm && <MeetingForm user={user} subject={meetingForm} onClose={closeForms} />}
      {clientForm && <ClientForm subject={clientForm} onClose={closeForms} />}
      {userForm && <UserForm subject={userForm} onClose={closeForms} />}
      <OfficeForms
        open={officeForm}
        status={status}
        onMakeCode={openForm('code')}
        onCheck={openForm('check')}
        onClose={closeForms}
      />
    </Suspense>
  );
}

export type OfficeFormName = 'settings' | 'code' | 'updates' | 'check' | 'health' | 'export';

interface OfficeFormsProps {
  readonly open: OfficeFormName | null;
  readonly status: OfficeStatus;
  readonly onMakeCode: () => void;
  readonly onCheck: () => void;
  readonly onClose: () => void;
}

function OfficeForms({ open, status, onMakeCode, onCheck, onClose }: OfficeFormsProps) {
  if (open === 'settings')
    return <OfficeSettings status={status} onRenewCode={onMakeCode} onClose={onClose} />;
  if (open === 'check') return <CheckDialog mayRepair={!status.readOnlyCopy} onClose={onClose} />;
  if (open === 'export') return <ExportDialog onClose={onClose} />;
  if (open === 'health') return <HealthDialog onCheck={onCheck} onClose={onClose} />;
  if (open === 'updates') return <UpdatesDialog onClose={onClose} />;
  return open === 'code' && <RenewCode hasCode={status.hasRecoveryCode} onClose={onClose} />;
}
