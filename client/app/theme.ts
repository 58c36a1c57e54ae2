import { createTheme, type CSSVariablesResolver } from '@mantine/core'

const FONT = '"PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif'

/**
 * Mantine on the console's own paper (ui/tokens.css). The accent is a calm teal-blue: white on its filled shades passes
 * 4.5:1, which Mantine's default blue does not.
 */
export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    dark: [
      '#e3e6e9',
      '#c8cdd3',
      '#b0b8c0',
      '#939ca5',
      '#414c57',
      '#2f3842',
      '#20272f',
      '#191f26',
      '#13181d',
      '#0d1115',
    ],
    gray: [
      '#faf8f3',
      '#f3f1ea',
      '#e9e6dd',
      '#e0dcd1',
      '#cbc5b6',
      '#a5a093',
      '#646c74',
      '#4f575f',
      '#363c42',
      '#20252a',
    ],
    accent: [
      '#e3f1f3',
      '#c9e5ea',
      '#9fd3dd',
      '#6bcfe1',
      '#42a6b9',
      '#2493a8',
      '#107c91',
      '#0b7285',
      '#095f70',
      '#064a58',
    ],
  },
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  respectReducedMotion: true,
  components: {
    Tooltip: {
      defaultProps: {
        openDelay: 250,
        events: { hover: true, focus: true, touch: true },
        maw: 300,
        multiline: true,
      },
    },
    Popover: { defaultProps: { shadow: 'none' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
  },
})

/** Everything that Mantine draws takes its paper, ink and lines from the tokens, in both schemes alike. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--sheet)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-2)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-default': 'var(--sheet)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-anchor': 'var(--accent-ink)',
    '--mantine-color-error': 'var(--ink-red)',
    '--mantine-color-gray-light-color': 'var(--ink-2)',
    '--mantine-color-gray-light-hover': 'var(--hover)',
    '--mantine-color-accent-light': 'var(--accent-wash)',
    '--mantine-color-accent-light-color': 'var(--accent-ink)',
  },
  light: {},
  dark: {},
})
