import { z } from 'zod';

/** Room on the volume of an office. `low`: everybody is warned. `none`: the office can be read, but not written. */
export const spaceLevels = ['ample', 'low', 'none'] as const;
export type SpaceLevel = (typeof spaceLevels)[number];

/** What windows are told of it. */
export const spaceFields = {
  space: z.enum(spaceLevels),
  /** Bytes that are free; null while nobody looked. */
  freeBytes: z.number().nullable(),
  /** Where the volume begins: `/media/ada/STICK`, `D:\`. */
  volume: z.string(),
  /** Whether every writing call answers STORE_FULL at the moment. */
  readOnly: z.boolean(),
};
