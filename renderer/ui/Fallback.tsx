import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { text } from '../text.ts';
import { Notice } from './Notice.tsx';

/** Stands in for a screen that broke, so that the window never goes white. Loading the page again keeps the session. */
export class Fallback extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Notice
        trouble
        title={text.broken.title}
        actions={
          <Button
            size="sm"
            onClick={() => {
              location.reload();
            }}
          >
            {text.broken.reload}
          </Button>
        }
      >
        {text.broken.hint}
      </Notice>
    );
  }
}
