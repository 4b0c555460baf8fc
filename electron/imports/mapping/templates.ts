import type { ImportField, Mapping, Template } from '../../contract/imports.ts';
import type { Store } from '../../redis/store.ts';
import { fold } from '../../text/fold.ts';
import type { Inspection } from '../inspectFile.ts';

/** The office's templates, by name. @throws Failure NOT_ALLOWED unless the actor may import */
export async function templatesOf(store: Store, actor: string): Promise<Template[]> {
  const { templates } = (await store.call('templates_list', { actor })) as {
    templates: { name: string; text: string }[];
  };
  return templates
    .map(({ name, text }) => ({ ...(JSON.parse(text) as Template), name }))
    .sort((one, other) => (fold(one.name) < fold(other.name) ? -1 : 1));
}

/**
 * A file's columns read by a template.
 * @param name of the template; null for the one that names most of the columns, and no column that the file has not
 */
export function withTemplate(
  inspection: Inspection,
  templates: readonly Template[],
  name: string | null,
): Inspection & { template: string | null } {
  const headers = inspection.columns.map(({ header }) => header);
  const chosen =
    name === null
      ? bestFor(headers, templates)
      : templates.find((template) => fold(template.name) === fold(name));
  if (!chosen) return { ...inspection, template: null };
  return { ...inspection, guess: applied(chosen, headers, inspection.guess), template: chosen.name };
}

function bestFor(headers: readonly string[], templates: readonly Template[]): Template | undefined {
  const present = new Set(headers.map(fold));
  const fitting = templates.filter(
    ({ columns }) => columns.length > 0 && columns.every(({ header }) => present.has(fold(header))),
  );
  return fitting.sort((one, other) => other.columns.length - one.columns.length)[0];
}

/** Columns by their names; several of one name in their order. Columns that the template does not know are left out. */
function applied({ columns, rules }: Template, headers: readonly string[], guess: Mapping): Mapping {
  const byHeader = new Map<string, (ImportField | null)[]>();
  for (const { header, field } of columns) {
    const key = fold(header);
    byHeader.set(key, [...(byHeader.get(key) ?? []), field]);
  }
  return {
    ...rules,
    sheet: guess.sheet,
    columns: headers.map((header) => byHeader.get(fold(header))?.shift() ?? null),
  };
}
