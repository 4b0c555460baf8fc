import { useQuery } from '@tanstack/react-query';
import { daybook } from './daybook.ts';
import { text } from './text.ts';

const none: readonly { readonly id: string; readonly name: string; readonly active: boolean }[] = [];

/** Everyone a select can offer, those who no longer sign in said so. */
export function useUserOptions(): { value: string; label: string }[] {
  return useNames().users.map(({ id, name, active }) => ({
    value: id,
    label: active ? name : text.inactive(name),
  }));
}

/** Everyone who may own a meeting or have written something, by name. */
export function useNames() {
  const { data } = useQuery({ queryKey: ['names'], queryFn: () => daybook.users.names() });
  const users = data?.users ?? none;
  return {
    users,
    nameOf: (id: string): string => users.find((user) => user.id === id)?.name ?? text.somebody,
  };
}
