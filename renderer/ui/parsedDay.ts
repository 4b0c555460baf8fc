import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';

dayjs.extend(customParseFormat);

const forms = ['YYYY-MM-DD', 'D MMM YYYY', 'DD MMM YYYY', 'D MMMM YYYY', 'DD MMMM YYYY'].concat([
  'D/M/YYYY',
  'DD/MM/YYYY',
  'D.M.YYYY',
  'DD.MM.YYYY',
  'D-M-YYYY',
  'DD-MM-YYYY',
]);

/**
 * A typed day, day before month unless it begins with the year.
 * @returns `YYYY-MM-DD`, or null when it is no day
 */
export function parsedDay(typed: string): string | null {
  const words = typed.trim();
  for (const form of forms) {
    const day = dayjs(words, form, true);
    if (day.isValid() && day.year() >= 1000 && day.year() <= 9999) return day.format('YYYY-MM-DD');
  }
  return null;
}
