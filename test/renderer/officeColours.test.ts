import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { officeColours } from '../../electron/contract/office.ts';
import { projectRoot } from '../support/startStore.ts';

const css = readFileSync(path.join(projectRoot, 'renderer/theme.css'), 'utf8');
const block = (scheme: string): string =>
  css.split(`[data-mantine-color-scheme='${scheme}'] {`)[1]?.split('}')[0] ?? '';

function colour(scheme: string, name: string): string {
  const [, value] = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(block(scheme)) ?? [];
  if (value === undefined) throw new Error(`${scheme} has no --${name}`);
  return value;
}

/** Relative luminance and contrast as WCAG 2 defines them. */
const luminance = (hex: string): number =>
  [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at]!, 0);
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'])('the colours of offices, %s', (scheme) => {
  it.each(officeColours)('%s carries a white letter and stands out from the ground', (name) => {
    const value = colour(scheme, `office-${name}`);
    expect(contrast(value, '#ffffff')).toBeGreaterThanOrEqual(4.5);
    for (const ground of ['ground', 'raised', 'sheet'])
      expect(contrast(value, colour(scheme, ground)), ground).toBeGreaterThanOrEqual(3);
  });
});
