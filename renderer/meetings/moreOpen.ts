const key = 'daybook-more-filters';

/** Whether the rarer filters were in sight when the window was last used. */
export const wasMoreOpen = (): boolean => localStorage.getItem(key) === 'open';

export function rememberMoreOpen(open: boolean): void {
  if (open) localStorage.setItem(key, 'open');
  else localStorage.removeItem(key);
}
