import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Template } from '../../electron/contract/imports.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { offerUndo, sayFailure } from '../undo.tsx';
import { useSave } from '../useSave.ts';
import { write } from '../writes.ts';
import type { MappingProps } from './MappingProps.ts';
import styles from './ImportScreen.module.css';
import type { MappingState } from './importSteps.ts';

const words = text.imports.templates;

/** Which template the columns follow; what was changed can be kept as one for the next file of this kind. */
export function TemplateChoice({ desk, state }: MappingProps) {
  const [naming, setNaming] = useState(false);
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: ['templates'], queryFn: () => daybook.imports.templates() });
  const names = data?.templates.map(({ name }) => name) ?? [];
  const { template } = state;
  const remove = async (name: string): Promise<void> => {
    try {
      const { entry } = await write({ deleteTemplate: name }, (writeId) =>
        daybook.imports.deleteTemplate({ writeId, name }),
      );
      offerUndo(words.deleted(name), entry);
      await queries.invalidateQueries({ queryKey: ['templates'] });
      desk.forgetTemplate();
    } catch (error) {
      sayFailure(error);
    }
  };
  return (
    <div className={styles.templates}>
      {names.length > 0 && (
        <NativeSelect
          size="sm"
          label={words.label}
          data={[{ value: '', label: words.none }, ...names]}
          value={template ?? ''}
          onChange={(event) => void desk.chooseTemplate(event.currentTarget.value || null)}
        />
      )}
      <div className={styles.templateButtons}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setNaming(true);
          }}
        >
          {words.save}
        </Button>
        {template !== null && (
          <Button size="compact-sm" variant="default" onClick={() => void remove(template)}>
            {words.delete}
          </Button>
        )}
      </div>
      {naming && (
        <TemplateName
          desk={desk}
          state={state}
          onClose={() => {
            setNaming(false);
          }}
        />
      )}
    </div>
  );
}

function TemplateName({ desk, state, onClose }: MappingProps & { readonly onClose: () => void }) {
  const [name, setName] = useState(state.template ?? '');
  const [missing, setMissing] = useState(false);
  const queries = useQueryClient();
  const { busy, failure, save } = useSave();
  const submit = (): void => {
    setMissing(name.trim() === '');
    if (name.trim() === '') return;
    const template = templateOf(name.trim(), state);
    void save(async () => {
      await write({ template }, (writeId) => daybook.imports.saveTemplate({ writeId, template }));
      await queries.invalidateQueries({ queryKey: ['templates'] });
      desk.nameTemplate(template.name);
      onClose();
    });
  };
  return (
    <FormModal
      title={words.saveTitle}
      submitLabel={words.submit}
      cancelLabel={text.cancel}
      onClose={onClose}
      onSubmit={submit}
      busy={busy}
      changed={name !== (state.template ?? '')}
      failure={failure ? failureText(failure) : ''}
      size={420}
    >
      <TextInput
        label={words.name}
        description={words.nameHint}
        withAsterisk
        data-autofocus
        maxLength={80}
        value={name}
        error={missing && words.nameMissing}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
    </FormModal>
  );
}

function templateOf(name: string, { inspection, mapping }: MappingState): Template {
  const { sheet: _sheet, columns, ...rules } = mapping;
  return {
    name,
    columns: inspection.columns.map(({ header }, at) => ({ header, field: columns[at] ?? null })),
    rules,
  };
}
