/**
 * Says on the page whether everything asked for is painted; screenshots and end-to-end tests wait for it.
 * Falls at once, rises after the frame that shows the rows.
 */
let frame = 0;

export function setSettled(settled: boolean): void {
  cancelAnimationFrame(frame);
  const { dataset } = document.documentElement;
  if (!settled) {
    dataset['settled'] = 'false';
    return;
  }
  frame = requestAnimationFrame(() => {
    dataset['settled'] = 'true';
  });
}
