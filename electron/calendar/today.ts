import { wallTime } from './wallTime.ts';

/** The day it is now in a zone: `YYYY-MM-DD`. @throws RangeError when the zone is unknown */
export const today = (zone: string): string =>
  new Date(wallTime(Date.now(), zone)).toISOString().slice(0, 10);
