import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { failureText } from './failureText.ts';
import type { DraftNoun } from './readDraft.ts';
import { sendForm, type Announce, type Unheard } from './sendForm.ts';
import { text } from './text.ts';
import { useFields } from './ui/useFields.ts';
import { useKeptDraft } from './useKeptDraft.ts';
import { useSave } from './useSave.ts';

/** What was typed into a form before a crash. */
export interface Typed<D> {
  /** The form that goes on with it keeps its name, so that it is kept in the same place. */
  readonly form: string;
  readonly fields: D;
}

/** How what is typed is kept for after a crash. */
interface Keeping<R, D> {
  readonly noun: DraftNoun;
  readonly idOf: (record: R) => string;
  /** What of it may be kept; all of it when this is not said. */
  readonly withoutSecrets?: (draft: D) => D;
}

interface RecordFormOptions<R, D extends object> {
  /** Null for a form of so few words that they are typed again sooner. */
  readonly keeping: Keeping<R, D> | null;
  /** The record to change; none when a new one is written down. */
  readonly record: R | undefined;
  readonly emptyDraft: () => D;
  readonly typed?: Typed<D> | undefined;
  readonly draftOf: (record: R) => D;
  readonly problems: (draft: D) => Partial<Record<keyof D, string>>;
  /** Reads the record anew. */
  readonly load: (record: R) => Promise<R>;
  /** @returns the record as it is now */
  readonly save: (draft: D, before: R | undefined, announce: Announce) => Promise<R>;
  readonly onClose: () => void;
}

/**
 * The form of one record: its fields, and what `FormModal` needs to send them. What is typed is kept for after a crash. When
 * somebody else changed the record meanwhile, their version can be loaded.
 */
export function useRecordForm<R, D extends object>(options: RecordFormOptions<R, D>) {
  const { draftOf, record, keeping } = options;
  const [before, setBefore] = useState(record);
  const [initial, setInitial] = useState(() => (before ? draftOf(before) : options.emptyDraft()));
  const fields = useFields<D>(options.typed?.fields ?? initial, options.problems);
  const { busy, failure, save } = useSave();
  const loadOther = async (): Promise<void> => {
    if (!before) return;
    const other = await options.load(before);
    setBefore(other);
    setInitial(draftOf(other));
    fields.setAll(draftOf(other));
  };
  const names = Object.keys(initial) as (keyof D)[];
  const changed = names.some((name) => fields.values[name] !== initial[name]);
  const unheard = useRef<Unheard<D> | null>(null);
  const kept = useKeptDraft({
    noun: keeping?.noun ?? null,
    recordId: keeping && before ? keeping.idOf(before) : null,
    form: options.typed?.form,
    fields: keeping?.withoutSecrets?.(fields.values) ?? fields.values,
    changed,
    earlier: unheard.current?.writeId ?? null,
  });
  const send = async (): Promise<void> => {
    await sendForm({
      draft: fields.values,
      ...{ before, unheard, save: options.save, announce: kept.keepForSave },
      // At once, because from here on what is kept belongs to that record.
      onSettled: (record: R) => {
        flushSync(() => {
          setBefore(record);
        });
      },
    });
    onClose();
  };
  // Only who saves it or gives it up closes it; a form that goes away otherwise is offered again.
  const onClose = (): void => {
    kept.forget();
    options.onClose();
  };
  return {
    fields,
    modal: {
      busy,
      onClose,
      cancelLabel: text.cancel,
      changed,
      failure: failure ? failureText(failure) : '',
      remedy: failure?.code === 'CONFLICT' && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            save(loadOther);
          }}
        >
          {text.form.loadOther}
        </Button>
      ),
      onSubmit: (): void => {
        if (!fields.check()) return;
        save(send);
      },
    },
  };
}
