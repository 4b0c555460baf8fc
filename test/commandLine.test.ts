import { describe, expect, it } from 'vitest';
import { readCommandLine, switchesOfNewStart } from '../electron/commandLine.ts';

const nothing = {
  ...{ demo: false, office: null, screenshot: null, screenshotTheme: null, user: null },
  startedAnew: false,
};

describe('readCommandLine', () => {
  it('opens the usual office when nothing is asked for', () => {
    expect(readCommandLine([])).toEqual(nothing);
    expect(readCommandLine(['/some/folder', '--no-sandbox', '--remote-debugging-port=0', '-x'])).toEqual(
      nothing,
    );
  });

  it('reads what it knows', () => {
    expect(readCommandLine(['.', '--demo', '--screenshot=a b.png', '--screenshot-theme=dark'])).toEqual({
      ...nothing,
      demo: true,
      screenshot: 'a b.png',
      screenshotTheme: 'dark',
    });
    expect(readCommandLine(['--office=/data/my=office', '--user=Ada']).office).toBe('/data/my=office');
  });

  it('knows the mark of a start that takes the place of another', () => {
    expect(readCommandLine(['--office=x', ...switchesOfNewStart])).toEqual({
      ...nothing,
      office: 'x',
      startedAnew: true,
    });
  });

  it.each([
    [['--office=']],
    [['--office']],
    [['--screenshot']],
    [['--screenshot-theme=pink']],
    [['--demo', '--office=x']],
  ])('refuses %s in one line', (args) => {
    expect(() => readCommandLine(args)).toThrow(/^--[^\n]+$/);
  });
});
