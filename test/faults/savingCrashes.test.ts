import { testSavingCrashes } from '../crashes/savingCrashes.ts';

const kills = Number(process.env['DAYBOOK_KILLS'] ?? 200);

testSavingCrashes({
  ...{ crashes: kills, judgedEvery: 1, thoroughEvery: 20 },
  ...{ control: Math.ceil(kills / 10), isOneLossEnough: false },
});
