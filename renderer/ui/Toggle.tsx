import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface ToggleProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly pressed: boolean;
  readonly onClick: () => void;
}

/** A sign that shows and hides a part of the screen; its name says what a press will do. */
export function Toggle({ icon, label, pressed, onClick }: ToggleProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} variant={pressed ? 'light' : 'subtle'} color="gray" onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
