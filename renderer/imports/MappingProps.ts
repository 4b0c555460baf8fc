import type { ImportDesk } from './ImportDesk.ts';
import type { MappingState } from './importSteps.ts';

/** What every part of the step before an import gets. */
export interface MappingProps {
  readonly desk: ImportDesk;
  readonly state: MappingState;
}
