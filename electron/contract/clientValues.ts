import { z } from 'zod';
import { line } from './values.ts';

/** What a client is, and what its meetings can be filtered by. */
export const clientKinds = ['company', 'person'] as const;
export const clientKind = z.enum(clientKinds);
/** As people write it; two spellings are two cities. */
export const clientCity = line(100);
