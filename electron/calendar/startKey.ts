import type { Start } from '../contract/values.ts';
import { startOfDay } from './startOfDay.ts';

/**
 * The instant by which a start is ordered and found in day ranges: of a plain date, the day's first moment.
 * @param zone the office's zone, in which plain dates are read
 * @returns ISO instant with milliseconds; sorts as text
 */
export const startKey = (start: Start, zone: string): string =>
  'at' in start ? start.at : startOfDay(start.date, zone);
