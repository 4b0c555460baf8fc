import { z } from 'zod';
import { officeColour, schemaVersion, type OfficeColour } from '../contract/office.ts';
import type { Log } from '../log.ts';
import { EngineTrouble } from '../redis/engine.ts';
import type { Store } from '../redis/store.ts';

/** What the office says of itself; id, name and zone are empty before it exists. */
export interface OfficeFacts {
  readonly exists: boolean;
  /** Given when it was created, the same wherever it is moved or restored. */
  readonly id: string;
  readonly name: string;
  readonly colour: OfficeColour;
  /** Of name and colour. */
  readonly version: number;
  readonly hasRecoveryCode: boolean;
  readonly zone: string;
  /** Version of the program that opened it last; null when it does not say. */
  readonly program: string | null;
}

/** Data that another version of the program laid out. */
export class OtherLayout extends EngineTrouble {
  readonly layout: number;
  override readonly program: string | null;

  constructor(dataFolder: string, layout: number, program: string | null) {
    const isNewer = layout > schemaVersion;
    const log = `data of layout ${String(layout)}, known is ${String(schemaVersion)}`;
    super(isNewer ? 'newer' : 'older', dataFolder, log);
    this.layout = layout;
    this.program = program;
  }
}

const statusReply = z.object({
  exists: z.boolean(),
  schema: z.int().optional(),
  program: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  colour: officeColour.optional(),
  version: z.int().optional(),
  hasRecoveryCode: z.boolean().optional(),
  zone: z.string().optional(),
});

/** @throws Failure from the store */
export async function officeFacts(store: Store, dataFolder: string): Promise<OfficeFacts> {
  const status = statusReply.parse(await store.call('office_status', {}));
  const { schema = schemaVersion, program = null } = status;
  if (schema !== schemaVersion) throw new OtherLayout(dataFolder, schema, program);
  return {
    program,
    exists: status.exists,
    id: status.id ?? '',
    name: status.name ?? '',
    colour: status.colour ?? 'blue',
    version: status.version ?? 0,
    hasRecoveryCode: status.hasRecoveryCode ?? false,
    zone: status.zone ?? '',
  };
}

/**
 * Asks with the library that came with the data, before ours takes its place: data of another layout are left untouched.
 * Data without a library have no office yet, or one that ours understands.
 * @returns null without a library
 */
export async function factsBefore(
  store: Store,
  dataFolder: string,
): Promise<OfficeFacts | OtherLayout | null> {
  try {
    return await officeFacts(store, dataFolder);
  } catch (error) {
    return error instanceof OtherLayout ? error : null;
  }
}

/** Should an earlier program meet the data of a later one, they say what to get. Written only when it is news. */
export async function rememberProgram(
  store: Store,
  facts: OfficeFacts,
  { appVersion, log }: { readonly appVersion?: string; readonly log: Log },
): Promise<OfficeFacts> {
  if (!facts.exists || appVersion === undefined || facts.program === appVersion) return facts;
  try {
    await store.call('office_opened', { program: appVersion });
  } catch (error) {
    log.warn('version of the program not noted', { why: String(error) });
  }
  return { ...facts, program: appVersion };
}
