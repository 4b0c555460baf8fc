import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error -- a script without types
import { reference } from '../../scripts/reference.mjs';
import { projectRoot } from '../support/startStore.ts';

it('the reference of calls says what the contract says (npm run reference writes it)', () => {
  const written = readFileSync(path.join(projectRoot, 'electron/contract/REFERENCE.md'), 'utf8');
  expect(written).toBe((reference as () => string)());
});
