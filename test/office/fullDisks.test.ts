import { testFullDisks } from './fullDiskTests.ts';

// `npm run test:faults` has 50 of them.
testFullDisks({ save: 1, import: 1, rewrite: 1, backup: 1 });
