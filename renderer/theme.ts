import {
  ActionIcon,
  Button,
  createTheme,
  Menu,
  Modal,
  NumberInput,
  PasswordInput,
  Portal,
  Select,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { text } from './text.ts';

const overlays = '#overlays';
/** The list of options scrolls itself: it is what the keyboard moves in, a wrapper around it is not. */
const scrollingOptions = { options: { maxHeight: 240, overflowY: 'auto' } } as const;

/** Dense and calm: 13 px text, 32 px controls, one ink blue. Shade 8 is dark enough for white text on it. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: 8,
  fontFamily: "'Inter Variable', 'Segoe UI', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: {
    ink: [
      '#eff4fb',
      '#dde7f5',
      '#b9ceea',
      '#93b3df',
      '#739dd5',
      '#5c8dcf',
      '#4a80c8',
      '#3a6cb0',
      '#2b5a9b',
      '#1f4a86',
    ],
    // The dark surfaces of theme.css, so that the kit's parts sit on the same ground.
    dark: [
      '#e4e8ee',
      '#b3bcc9',
      '#98a3b2',
      '#667182',
      '#3d4652',
      '#2f3741',
      '#20262e',
      '#171b21',
      '#111419',
      '#0b0d11',
    ],
  },
  components: {
    Portal: Portal.extend({ defaultProps: { target: overlays } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({
      defaultProps: {
        size: 'sm',
        allowDeselect: false,
        withScrollArea: false,
        comboboxProps: { shadow: 'md' },
        styles: scrollingOptions,
      },
    }),
    TagsInput: TagsInput.extend({
      defaultProps: { size: 'sm', withScrollArea: false, styles: scrollingOptions },
    }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        transitionProps: { duration: 100 },
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': text.close },
      },
    }),
  },
});
