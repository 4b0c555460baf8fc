import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, vi } from 'vitest';
import type { MemoryDaybook } from './memoryDaybook.ts';
import { memoryDaybook } from './memoryDaybook.ts';
import type { MemoryOffice } from './memory/sampleOffice.ts';

/** What jsdom lacks and the screen uses. Elements get a size, so that lists draw rows. */
function standIns(): void {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches: false,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
  }));
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 672 });
  Object.defineProperty(document, 'fonts', { value: new EventTarget() });
  HTMLElement.prototype.scrollIntoView = () => undefined;
}
standIns();
// Screens load when they are first opened, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 8_000 });

let current: MemoryDaybook = memoryDaybook();
/** `renderer/daybook.ts` takes `window.daybook` once; behind it each test has a fresh office. */
Object.assign(window, {
  daybook: new Proxy({}, { get: (_, name) => current[name as keyof MemoryDaybook] }),
});
// After the stand-ins: these modules look at the window while they load.
const { App } = await import('../../renderer/App.tsx');
const { queryClient } = await import('../../renderer/queries.ts');
const { theme } = await import('../../renderer/theme.ts');

afterEach(() => {
  notifications.clean();
  cleanup();
  queryClient.clear();
  document.body.innerHTML = '';
  localStorage.clear();
});

/** Opens the program on an office in memory, signed in as somebody if asked. */
export async function open({ user, office }: { user?: string; office?: MemoryOffice } = {}) {
  const memory = memoryDaybook(office);
  current = memory;
  if (user) memory.signInAs(user);
  const overlays = document.createElement('section');
  overlays.id = 'overlays';
  document.body.append(overlays);
  const person = userEvent.setup();
  const view = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queryClient}>
        <App />
        <Notifications />
      </QueryClientProvider>
    </MantineProvider>,
  );
  if (user) await settled();
  return { memory, person, ...view };
}

/** Waits until the list says that everything it asked for is painted. */
export const settled = (): Promise<void> =>
  waitFor(() => {
    if (document.documentElement.dataset['settled'] !== 'true') throw new Error('not settled');
  });

/** The last request of a call, typed loosely: tests look at its parts. */
export function lastInput(memory: MemoryDaybook, call: string): Record<string, unknown> {
  const found = memory.calls.filter((recorded) => recorded.call === call).at(-1);
  if (!found) throw new Error(`${call} was not called`);
  return found.input as Record<string, unknown>;
}

export const grid = () => within(screen.getByRole('grid'));
/** The texts of the rows drawn, header left out. */
export const rowTexts = (): string[] =>
  grid()
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent ?? '');
export const totalText = (): string => screen.getByRole('status').textContent ?? '';

export async function signOut(person: ReturnType<typeof userEvent.setup>): Promise<void> {
  await person.click(screen.getByRole('button', { name: /^User menu/ }));
  await person.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  await screen.findByRole('button', { name: 'Sign in' });
}

export async function signIn(
  person: ReturnType<typeof userEvent.setup>,
  userName: string,
  password = 'demo-office',
): Promise<void> {
  await person.clear(await screen.findByLabelText('User name'));
  await person.type(screen.getByLabelText('User name'), userName);
  await person.clear(screen.getByLabelText('Password'));
  await person.type(screen.getByLabelText('Password'), password);
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
}

/** Goes on from a recovery code; answers it. */
export async function writtenDown(person: ReturnType<typeof userEvent.setup>): Promise<string> {
  const code = (await screen.findByLabelText('Recovery code')).textContent ?? '';
  await person.click(screen.getByLabelText('I have written it down'));
  await person.click(screen.getByRole('button', { name: 'Continue' }));
  return code;
}
