import { limits } from '../limits.ts';

/**
 * Gathers the text of a shared text or of a text within a cell: its runs one after the other, without the readings that
 * stand above Japanese letters.
 */
export function textListener(): {
  listener: { open(name: string): void; text(text: string): void; close(name: string): void };
  text: { begin(): void; end(): string | null };
} {
  let gathered = '';
  let inText = false;
  let inReading = false;
  let overlong = false;
  return {
    listener: {
      open: (name) => {
        if (name === 't') inText = !inReading;
        else if (name === 'rPh') inReading = true;
      },
      text: (text) => {
        if (!inText || overlong) return;
        gathered += text;
        overlong = gathered.length > limits.cell;
      },
      close: (name) => {
        if (name === 't') inText = false;
        else if (name === 'rPh') inReading = false;
      },
    },
    text: {
      begin: () => {
        gathered = '';
        inText = false;
        inReading = false;
        overlong = false;
      },
      /** Null for a text that is longer than a cell may be. */
      end: () => (overlong ? null : plainText(gathered)),
    },
  };
}

/** Workbooks write characters that XML does not allow as `_x000D_`; and line breaks are those of the rest of the program. */
export const plainText = (text: string): string =>
  text
    .replace(/_x([0-9a-f]{4})_/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, '\n');
