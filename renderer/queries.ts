import { QueryClient } from '@tanstack/react-query';
import type { QueryFilters } from '@tanstack/react-query';
import { daybook } from './daybook.ts';

/** Answers come from this machine: they never go stale by themselves, `changed` events say when to ask again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Infinity, retry: false, networkMode: 'always', refetchOnWindowFocus: false },
    mutations: { networkMode: 'always' },
  },
});

/** Asks again, also when a first answer is still on the way: it may have been true before the event and no longer is. */
export async function askAgain(filters: QueryFilters): Promise<void> {
  await queryClient.cancelQueries(filters);
  await queryClient.invalidateQueries(filters);
}

/** First word of every query key: what the answer is about, and so which writes make it old. */
const staleAfter = {
  office: ['office', 'journal'],
  meeting: ['journal', 'clients'],
  client: ['clients', 'userClients', 'users', 'journal', 'names'],
  user: ['users', 'names', 'session', 'userClients', 'journal', 'clients'],
  import: ['clients', 'users', 'names', 'journal', 'userClients'],
  template: ['templates', 'journal'],
} as const;

/** Keeps every open window current: lists ask again when something they show was written. */
export function followChanges(): () => void {
  const stopChanged = daybook.on('changed', ({ nouns }) => {
    const stale = new Set<string>(nouns.flatMap((noun) => staleAfter[noun]));
    void askAgain({ predicate: (query) => stale.has(String(query.queryKey[0])) });
  });
  const stopStatus = daybook.on('officeStatus', () => {
    void askAgain({ predicate: ({ queryKey }) => ['office', 'offices'].includes(String(queryKey[0])) });
  });
  const stopUpdates = daybook.on('updatesStatus', () => {
    void askAgain({ queryKey: ['updates'] });
  });
  return () => {
    stopChanged();
    stopStatus();
    stopUpdates();
  };
}
