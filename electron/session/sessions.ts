import type { SignedInUser } from '../contract/session.ts';

/** Who is signed in at which window. Identity comes only from here, never from what a window says. */
export interface Sessions {
  /** Signs a user in at a window, in place of whoever was there. */
  begin(windowId: number, user: SignedInUser): void;
  end(windowId: number): void;
  userAt(windowId: number): SignedInUser | null;
  all(): { readonly windowId: number; readonly user: SignedInUser }[];
  /** Calls back after every change; for what depends on somebody being signed in. */
  onChange(listen: () => void): void;
}

export function createSessions(): Sessions {
  const users = new Map<number, SignedInUser>();
  const listeners: (() => void)[] = [];
  const changed = (): void => {
    for (const listen of listeners) listen();
  };
  return {
    begin(windowId, user) {
      users.set(windowId, user);
      changed();
    },
    end(windowId) {
      if (users.delete(windowId)) changed();
    },
    userAt: (windowId) => users.get(windowId) ?? null,
    all: () => [...users].map(([windowId, user]) => ({ windowId, user })),
    onChange(listen) {
      listeners.push(listen);
    },
  };
}
