import { testFailingWrites } from './failingWrites.ts';

// `npm run test:faults` has 200 of them.
testFailingWrites(8);
