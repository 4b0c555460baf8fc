import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBounds, writeBounds } from '../electron/bounds.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const bounds = { x: 100, y: 50, width: 1280, height: 800, maximized: false };

describe('bounds of a window', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-bounds-'));
    file = path.join(folder, 'window.json');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('are remembered', () => {
    expect(readBounds(file, [screen])).toBeNull();
    writeBounds(file, bounds);
    expect(readBounds(file, [screen])).toEqual(bounds);
  });

  it('are forgotten when their screen is gone', () => {
    writeBounds(file, { ...bounds, x: 2500 });
    expect(readBounds(file, [screen])).toBeNull();
    expect(readBounds(file, [screen, { ...screen, x: 1920 }])?.x).toBe(2500);
  });

  it('are forgotten when the file is damaged', () => {
    writeFileSync(file, '{"x":');
    expect(readBounds(file, [screen])).toBeNull();
  });
});
