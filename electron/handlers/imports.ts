import path from 'node:path';
import { today } from '../calendar/today.ts';
import { Failure } from '../contract/failure.ts';
import type { ImportProgress } from '../contract/imports.ts';
import type { Contract } from '../contract/index.ts';
import { FileTrouble } from '../imports/file/fileTrouble.ts';
import { ImportJobs } from '../imports/importJobs.ts';
import { OfferedFiles } from '../imports/offeredFiles.ts';
import { readerFrom } from '../imports/reader.ts';
import { writeReport } from '../imports/report/writeReport.ts';
import { mappingTrouble } from '../imports/mapping/rowPlan.ts';
import { templatesOf, withTemplate } from '../imports/mapping/templates.ts';
import { silentLog, type Log } from '../log.ts';
import type { Handler, HandlersOf } from './context.ts';
import { templateHandlers } from './importTemplates.ts';

/** What imports need of the program around them. */
export interface ImportServices {
  /** Asks with the system's dialog. @returns a full path, or null when the person closed it */
  chooseFile(windowId: number): Promise<string | null>;
  /** The same for a file to write a report to. */
  chooseReportFile(windowId: number): Promise<string | null>;
  progress(windowId: number, payload: ImportProgress): void;
  /** The built `reader.worker`. */
  readonly readerFile: string | URL;
  readonly log?: Log;
  /** Whether the office has no room left on its drive, looked at now. */
  readonly isDiskFull?: () => Promise<boolean>;
}

type Calls = { [K in keyof Contract['imports']]: Handler<Contract['imports'][K]> };

export function importsHandlers(services: ImportServices): HandlersOf<'imports'> {
  const files = new OfferedFiles();
  const reader = readerFrom(services.readerFile);
  const jobs = new ImportJobs(reader);

  const chooseFile: Calls['chooseFile'] = async (_input, { actor, windowId }) => {
    const chosen = await services.chooseFile(windowId);
    return { file: chosen === null ? null : await files.offer(chosen, actor) };
  };

  const offerFile: Calls['offerFile'] = async ({ path: dropped }, { actor }) => ({
    file: await files.offer(dropped, actor),
  });

  const inspect: Calls['inspect'] = async ({ handle, sheet, template }, { store, actor, zone }) => {
    const templates = template === null ? [] : await templatesOf(store, actor);
    try {
      const inspection = await reader.inspect(files.path(handle, actor), today(zone), sheet);
      return withTemplate(inspection, templates, template ?? null);
    } catch (error) {
      throw error instanceof FileTrouble ? new Failure('INVALID_INPUT', error.message) : error;
    }
  };

  const start: Calls['start'] = async (
    { writeId, handle, mapping, dryRun },
    { store, actor, zone, windowId },
  ) => {
    const filePath = files.path(handle, actor);
    const trouble = mappingTrouble(mapping);
    if (trouble !== null) throw new Failure('INVALID_INPUT', trouble);
    const job = await jobs.start({
      store,
      actor,
      zone,
      writeId,
      mapping,
      dryRun,
      log: services.log ?? silentLog,
      ...(services.isDiskFull && { isDiskFull: services.isDiskFull }),
      path: filePath,
      label: path.basename(filePath),
      onProgress: (progress) => services.progress(windowId, progress),
    });
    return { importId: job.importId };
  };

  const cancel: Calls['cancel'] = async ({ importId }, { actor }) => {
    if (!(await jobs.find(importId, actor).cancel())) throw new Failure('CONFLICT', 'finishing');
    return {};
  };

  const report: Calls['report'] = async ({ importId, show, offset, limit }, { actor }) => {
    const job = jobs.find(importId, actor);
    return {
      ...job.report,
      listed: job.outcomes.count(show),
      rows: await job.outcomes.rows(show, offset, limit),
    };
  };

  const exportReport: Calls['exportReport'] = async ({ importId, show }, { actor, windowId }) => {
    const { outcomes } = jobs.find(importId, actor);
    const chosen = await services.chooseReportFile(windowId);
    if (chosen === null) return { fileName: null };
    await writeReport(outcomes, show, chosen);
    return { fileName: path.basename(chosen) };
  };

  return { chooseFile, offerFile, inspect, ...templateHandlers, start, cancel, report, exportReport };
}
