import {
  differenceSentence,
  type CheckDifference,
  type CheckReport,
} from '../../../electron/contract/check.ts';

export const everythingAgrees: CheckReport = {
  ...{ state: 'done', meetings: 8_310, clients: 120, elapsedMs: 3_120, repaired: false, differences: [] },
};

const difference = (
  index: string,
  what: CheckDifference['what'],
  examples: string[],
  canBeRepaired = true,
): CheckDifference => {
  const count = examples.length;
  return { index, what, count, examples, canBeRepaired, sentence: differenceSentence(index, what, count) };
};

/** A report of an office that is not whole. */
export const somethingDiffers: CheckReport = {
  ...everythingAgrees,
  differences: [
    difference('posting:type', 'missing', ['call, 17', 'call, 18']),
    difference('totals:owner', 'wrong', ['0193']),
    difference('records', 'unreadable', ['meeting 12'], false),
  ],
};
