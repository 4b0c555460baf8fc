// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import './screen.tsx';
import { Fallback } from '../../renderer/ui/Fallback.tsx';

function Broken({ message }: { message: string }): never {
  throw new Error(message);
}

describe('a screen that breaks', () => {
  it('is replaced by a sentence and a way back', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    render(
      <MantineProvider>
        <Fallback>
          <Broken message="/home/somebody/secret" />
        </Fallback>
      </MantineProvider>,
    );
    const shown = screen.getByRole('alert').textContent;
    expect(shown).toContain('Your data are safe');
    expect(shown).not.toContain('secret');
    expect(screen.getByRole('button', { name: 'Show it again' })).toBeTruthy();
    quiet.mockRestore();
  });
});
