import { describe, expect, it } from 'vitest';
import { pageFile } from '../electron/pageFile.ts';

describe('pageFile', () => {
  it('finds files of the page', () => {
    expect(pageFile('daybook://app/index.html', '/out/renderer')).toBe('/out/renderer/index.html');
    expect(pageFile('daybook://app/assets/a%20b.js?x#y', '/out/renderer')).toBe(
      '/out/renderer/assets/a b.js',
    );
  });

  it.each([
    'daybook://other/index.html',
    'https://app/index.html',
    'file:///etc/passwd',
    'daybook://app/..%2f..%2fetc/passwd',
    'daybook://app/%2e%2e/main/main.cjs',
    'daybook://app/..%5c..%5cetc',
    'daybook://app/a%00.js',
    'daybook://app/%ff',
    'daybook://app/',
  ])('refuses %s', (address) => {
    const file = pageFile(address, '/out/renderer');
    expect(file === null || file.startsWith('/out/renderer/')).toBe(true);
  });
});
