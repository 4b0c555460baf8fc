import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { Notice } from '../ui/Notice.tsx';

/** In place of rows that could not be had: why, and another try. */
export function ListTrouble({
  failure,
  onTryAgain,
}: {
  readonly failure: unknown;
  readonly onTryAgain: () => void;
}) {
  return (
    <Notice
      trouble
      icon={<IconAlertTriangle size={22} stroke={1.6} />}
      title={text.troubleTitle}
      actions={
        <Button variant="default" onClick={onTryAgain}>
          {text.tryAgain}
        </Button>
      }
    >
      {failureText(failure)}
    </Notice>
  );
}
