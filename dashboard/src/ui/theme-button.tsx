import { Button } from '@cloudflare/kumo/components/button'
import { Icon, type IconName } from './icon.tsx'
import { chooseTheme, type Theme, useTheme } from './theme.ts'

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }
const ICONS: Record<Theme, IconName> = { system: 'monitor', light: 'sun', dark: 'moon' }

/** One button through the three themes; it shows the one in force. */
export function ThemeButton() {
  const theme = useTheme()
  return (
    <Button
      aria-label={`Theme: ${theme}. Switch to ${NEXT[theme]}`}
      icon={<Icon name={ICONS[theme]} />}
      onClick={() => chooseTheme(NEXT[theme])}
      shape="square"
      size="sm"
      title={`Theme: ${theme}`}
      variant="ghost"
    />
  )
}
