import type { Contract, OutputOf } from '../../electron/contract/index.ts';
import type { ImportProgress, Mapping, OutcomeRow, ReportShow } from '../../electron/contract/imports.ts';

type Calls = Contract['imports'];
export type ImportFile = NonNullable<OutputOf<Calls['chooseFile']>['file']>;
export type Inspection = OutputOf<Calls['inspect']>;
export type ImportReport = OutputOf<Calls['report']>;

/** A file whose columns are being told what they become. */
export interface MappingState {
  readonly step: 'mapping';
  readonly file: ImportFile;
  readonly inspection: Inspection;
  readonly mapping: Mapping;
  /** Name of the template that the mapping came from. */
  readonly template: string | null;
  /** Somebody said how dates are meant, which has to be where the file leaves it open. */
  readonly dateOrderChosen: boolean;
  readonly trouble: string;
}

/** Where an import stands. */
export type ImportStep =
  | { readonly step: 'choose'; readonly reading: boolean; readonly trouble: string; readonly note: string }
  | MappingState
  | {
      readonly step: 'running';
      readonly file: ImportFile;
      readonly dryRun: boolean;
      readonly progress: ImportProgress;
      /** The first one that told of rows: what comes before says nothing of the pace. */
      readonly firstRows: ImportProgress | null;
      readonly trouble: string;
    }
  | {
      readonly step: 'report';
      readonly file: ImportFile;
      readonly importId: string;
      readonly report: ImportReport;
      /** Which rows are shown; of these the first ones. */
      readonly show: ReportShow;
      readonly rows: readonly OutcomeRow[];
      readonly trouble: string;
      /** What was said and sent to say; where a dry run goes on from. */
      readonly said: MappingState;
    };
