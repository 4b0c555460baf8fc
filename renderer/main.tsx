import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { queryClient } from './queries.ts';
import { theme } from './theme.ts';
import { Fallback } from './ui/Fallback.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the screen.');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Fallback>
          <App />
        </Fallback>
        <Notifications position="bottom-center" containerWidth={380} limit={3} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
