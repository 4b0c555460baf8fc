// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { SpaceBanner } from '../../renderer/shell/SpaceBanner.tsx';

afterEach(cleanup);

const room = { volume: 'D:\\', freeBytes: 120 * 1024 * 1024, readOnly: false } as const;

it('says nothing while there is ample room', () => {
  const { container } = render(<SpaceBanner status={{ ...room, space: 'ample' }} />);
  expect(container.textContent).toBe('');
});

it('warns quietly, with the drive and what is left of it', () => {
  render(<SpaceBanner status={{ ...room, space: 'low' }} />);
  expect(screen.getByRole('status').textContent).toBe(
    'The drive of this office (D:\\) is filling up: 120 MB are left. Free some space before nothing can be saved.',
  );
});

it('says what cannot be done, and what can', () => {
  render(<SpaceBanner status={{ ...room, freeBytes: 3_500_000, space: 'none', readOnly: true }} />);
  expect(screen.getByRole('alert').textContent).toBe(
    'The drive of this office (D:\\) is full: 3 MB are left. Everything can be read, nothing can be saved; that goes on by itself when some space is free.',
  );
});
