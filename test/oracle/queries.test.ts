import { askOffices } from './askOffices.ts';

// With those of large offices, in a file of their own so that both run at a time, 20,000 questions and 5,000 writes.
askOffices([
  [30, 6_000],
  [120, 6_000],
]);
