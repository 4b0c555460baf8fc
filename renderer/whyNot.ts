import { commands, refusalOf } from '../electron/contract/commands.ts';
import type { Command, CommandId, Refusal } from '../electron/contract/commands.ts';
import { failureSentence } from '../electron/contract/failureText.ts';
import type { OfficeStatus } from '../electron/contract/office.ts';
import type { SignedInUser } from '../electron/contract/session.ts';
import { queryClient } from './queries.ts';
import { text } from './text.ts';

const words = text.shell.refusals;

const registry: readonly Command[] = commands;

const sentences: { readonly [refusal in Refusal]: (title: string) => string } = {
  noOffice: () => words.noOffice,
  signedOut: () => failureSentence('SIGNED_OUT', ''),
  writer: words.writer,
  importer: words.importer,
  administrator: words.administrator,
  copy: () => failureSentence('NOT_ALLOWED', 'copy'),
  demo: () => failureSentence('CONFLICT', 'demo'),
  demoBackups: () => failureSentence('CONFLICT', 'demoBackups'),
};

/** Why a command is not carried out for whoever is at this window, in one sentence; null when it is. */
export function whyNot(id: CommandId): string | null {
  const command = registry.find((each) => each.id === id);
  const office = queryClient.getQueryData<OfficeStatus>(['office']);
  const user = queryClient.getQueryData<{ user: SignedInUser | null }>(['session'])?.user;
  if (!command) return null;
  const refusal = refusalOf(command, {
    role: user?.role ?? null,
    isOpen: office?.state === 'ready',
    isDemo: office?.demo ?? false,
    isReadOnlyCopy: office?.readOnlyCopy ?? false,
  });
  return refusal && sentences[refusal](command.title.replace('…', ''));
}
