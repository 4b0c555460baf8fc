import { Button } from '@mantine/core';
import { useState } from 'react';
import { failureText } from './failureText.ts';
import { text } from './text.ts';
import { useFields } from './ui/useFields.ts';
import { useSave } from './useSave.ts';

interface RecordFormOptions<R, D extends object> {
  /** The record to change; none when a new one is written down. */
  readonly record: R | undefined;
  readonly emptyDraft: () => D;
  /** What was typed before a crash. */
  readonly typed?: D | undefined;
  readonly draftOf: (record: R) => D;
  readonly problems: (draft: D) => Partial<Record<keyof D, string>>;
  /** Reads the record anew. */
  readonly load: (record: R) => Promise<R>;
  readonly save: (draft: D, before: R | undefined) => Promise<void>;
  readonly onClose: () => void;
}

/**
 * The form of one record: its fields, and what `FormModal` needs to send them. When somebody else changed the record
 * meanwhile, their version can be loaded.
 */
export function useRecordForm<R, D extends object>(options: RecordFormOptions<R, D>) {
  const { draftOf, onClose } = options;
  const [before, setBefore] = useState(options.record);
  const [initial, setInitial] = useState(() => (before ? draftOf(before) : options.emptyDraft()));
  const fields = useFields<D>(options.typed ?? initial, options.problems);
  const { busy, failure, save } = useSave();
  const loadOther = async (): Promise<void> => {
    if (!before) return;
    const other = await options.load(before);
    setBefore(other);
    setInitial(draftOf(other));
    fields.setAll(draftOf(other));
  };
  const names = Object.keys(initial) as (keyof D)[];
  return {
    fields,
    modal: {
      busy,
      onClose,
      cancelLabel: text.cancel,
      changed: names.some((name) => fields.values[name] !== initial[name]),
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
        save(async () => {
          await options.save(fields.values, before);
          onClose();
        });
      },
    },
  };
}
