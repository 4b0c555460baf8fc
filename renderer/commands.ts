import { useEffect, useEffectEvent, useRef } from 'react';
import type { RefObject } from 'react';
import { commands } from '../electron/contract/commands.ts';
import type { Command, CommandId } from '../electron/contract/commands.ts';
import { daybook } from './daybook.ts';
import { say } from './undo.tsx';
import { whyNot } from './whyNot.ts';

/** Who carries a command out at the moment; the screen mounted last wins. */
const handlers = new Map<CommandId, (() => void)[]>();

/** @returns whether some screen did it; nothing is done for those who may not have it done */
function carryOut(id: CommandId): boolean {
  const handler = whyNot(id) === null ? handlers.get(id)?.at(-1) : undefined;
  handler?.();
  return handler !== undefined;
}

/** For what is chosen in the menu or by a button: it is carried out, or said in one sentence why not. */
export function runCommand(id: CommandId): void {
  const reason = whyNot(id);
  if (reason === null) carryOut(id);
  else say(reason);
}

/**
 * Carries a command of the registry out while the component is on screen, for those who may choose it: who that is stands in
 * the registry.
 */
export function useCommand(id: CommandId, run: () => void, enabled = true): void {
  const current = useEffectEvent(run);
  useEffect(() => {
    if (!enabled) return undefined;
    const handler = (): void => {
      current();
    };
    const stack = handlers.get(id) ?? [];
    handlers.set(id, [...stack, handler]);
    return () => {
      handlers.set(
        id,
        (handlers.get(id) ?? []).filter((other) => other !== handler),
      );
    };
  }, [id, enabled]);
}

/** The search of the screen: its command leads there and selects what was typed. */
export function useSearchCommand(): RefObject<HTMLInputElement | null> {
  const inputRef = useRef<HTMLInputElement>(null);
  useCommand('meetings.search', () => {
    inputRef.current?.focus();
    inputRef.current?.select();
  });
  return inputRef;
}

const sequenceMs = 1_500;
const shortcuts: readonly (Command & { readonly id: CommandId })[] = commands;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)));

/** A dialog has the screen to itself: commands wait until it is closed. */
const dialogIsOpen = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/**
 * Listens to the keys of the registry and to the commands of the menu: one dispatcher for both.
 * `g m` means g, then m; the second key is taken before any list sees it. A key that one may not use is passed over without
 * a word: it may have been pressed by accident.
 */
export function listenForCommands(): () => void {
  let prefix = '';
  let prefixAt = 0;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialogIsOpen()) return;
    if (event.key.length !== 1) return;
    const typed = prefix && event.timeStamp - prefixAt < sequenceMs ? `${prefix} ${event.key}` : event.key;
    const inSequence = typed.length > 1;
    prefix = '';
    const command = shortcuts.find((candidate) => candidate.keys === typed);
    const begins = !inSequence && shortcuts.some((candidate) => candidate.keys?.startsWith(`${typed} `));
    if (begins) {
      prefix = typed;
      prefixAt = event.timeStamp;
    }
    if (begins || inSequence || (command && carryOut(command.id))) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (inSequence && command) carryOut(command.id);
  };
  document.addEventListener('keydown', onKey, { capture: true });
  const stopMenu = daybook.on('command', ({ id }) => {
    if (!dialogIsOpen()) runCommand(id as CommandId);
  });
  return () => {
    document.removeEventListener('keydown', onKey, { capture: true });
    stopMenu();
  };
}
