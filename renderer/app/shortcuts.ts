import { useEffect } from 'react'
import { navigate } from '../client/route.ts'
import { isMac } from '../components/platform.ts'
import { destinations } from './rail.tsx'

interface ShortcutActions {
  openPalette: () => void
  openSheet: () => void
}

/** The window's own keys. Keys typed into a field stay there, except those with Ctrl or Command. */
export function useShortcuts({ openPalette, openSheet }: ShortcutActions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return
      const primary = isMac ? event.metaKey : event.ctrlKey
      const action = primary ? withPrimary(event.key.toLowerCase(), openPalette) : plain(event, openSheet)
      if (!action) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [openPalette, openSheet])
}

function withPrimary(key: string, openPalette: () => void): (() => void) | null {
  if (key === 'k') return openPalette
  if (key === 'n') return () => navigate('chat')
  if (key === ',') return () => navigate('settings')
  const destination = destinations[Number(key) - 1]
  return destination ? () => navigate(destination.screen) : null
}

function plain(event: KeyboardEvent, openSheet: () => void): (() => void) | null {
  const inField = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
  return event.key === '?' && !inField ? openSheet : null
}
