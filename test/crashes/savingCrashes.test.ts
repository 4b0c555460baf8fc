import { testSavingCrashes } from './savingCrashes.ts';

// `npm run test:faults` kills 200 times each.
testSavingCrashes({ crashes: 20, judgedEvery: 5, thoroughEvery: 10, control: 5, isOneLossEnough: true });
