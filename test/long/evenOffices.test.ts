import { askManyOffices } from './askManyOffices.ts';

// The other half is a file of its own, so that two processes share the work.
askManyOffices(0);
