import { createTheme } from '@mantine/core';
import type {
  ActionIconProps,
  ButtonProps,
  MenuProps,
  ModalProps,
  NumberInputProps,
  PasswordInputProps,
  PortalProps,
  SelectProps,
  TagsInputProps,
  TextareaProps,
  TextInputProps,
  TooltipProps,
} from '@mantine/core';
import { text } from './text.ts';

const overlays = '#overlays';
/** The list of options scrolls itself: it is what the keyboard moves in, a wrapper around it is not. */
const scrollingOptions = { options: { maxHeight: 240, overflowY: 'auto' } } as const;

/** By type alone: naming the parts themselves would load those of forms before the first list is painted. */
const defaults = <Props>(defaultProps: Partial<Props>): { defaultProps: Partial<Props> } => ({
  defaultProps,
});

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
    Portal: defaults<PortalProps>({ target: overlays }),
    Button: defaults<ButtonProps>({ size: 'xs' }),
    ActionIcon: defaults<ActionIconProps>({ variant: 'subtle', color: 'gray', size: 'md' }),
    TextInput: defaults<TextInputProps>({ size: 'sm' }),
    PasswordInput: defaults<PasswordInputProps>({ size: 'sm' }),
    NumberInput: defaults<NumberInputProps>({ size: 'sm' }),
    Select: defaults<SelectProps>({
      size: 'sm',
      allowDeselect: false,
      withScrollArea: false,
      comboboxProps: { shadow: 'md' },
      styles: scrollingOptions,
    }),
    TagsInput: defaults<TagsInputProps>({ size: 'sm', withScrollArea: false, styles: scrollingOptions }),
    Textarea: defaults<TextareaProps>({ size: 'sm' }),
    Menu: defaults<MenuProps>({ shadow: 'md', withinPortal: true }),
    Tooltip: defaults<TooltipProps>({ openDelay: 400, withArrow: true }),
    Modal: defaults<ModalProps>({
      centered: true,
      transitionProps: { duration: 100 },
      overlayProps: { backgroundOpacity: 0.35 },
      closeButtonProps: { 'aria-label': text.close },
    }),
  },
});
