import { testSavingCrashes } from '../crashes/savingCrashes.ts';

testSavingCrashes(Number(process.env['DAYBOOK_KILLS'] ?? 200), 1, 20);
