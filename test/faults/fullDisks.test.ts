import { testFullDisks } from '../office/fullDiskTests.ts';

testFullDisks({ save: 13, import: 13, rewrite: 12, backup: 12 });
