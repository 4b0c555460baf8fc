import { testPowerCuts } from './powerCuts.ts';

// `npm run test:faults` cuts 200 times.
testPowerCuts({ saving: 8, rewriting: 4, control: 3 });
