import { testFailingWrites } from '../crashes/failingWrites.ts';

testFailingWrites(Number(process.env['DAYBOOK_FAILURES'] ?? 200));
