import { askOffices } from './askOffices.ts';

// With those of small offices, in a file of their own so that both run at a time, 20,000 questions and 5,000 writes.
askOffices([
  [400, 4_500],
  [1_000, 2_500],
  [3_000, 1_000],
]);
