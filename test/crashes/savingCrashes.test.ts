import { testSavingCrashes } from './savingCrashes.ts';

// `npm run test:faults` kills 200 times each.
testSavingCrashes(20, 5, 10);
