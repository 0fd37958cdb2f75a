import { useEffect } from 'react'
import { useStore } from 'zustand'
import { settings } from '../client/resources.ts'

const LAST_KEY = 'homeport.appearance'
const dark = matchMedia('(prefers-color-scheme: dark)')

function apply(appearance: string): void {
  const isDark = appearance === 'dark' || (appearance !== 'light' && dark.matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
}

/** Puts on the appearance of last time, so that nothing flashes before the settings are there. Call before rendering. */
export function initTheme(): void {
  apply(lastAppearance())
}

const lastAppearance = (): string => localStorage.getItem(LAST_KEY) ?? 'system'

/** Follows the setting, or last time's while there is none to ask for, and the system where it says so. */
export function useTheme(): void {
  const appearance = useStore(settings.store).data?.appearance
  useEffect(() => {
    if (appearance !== undefined) localStorage.setItem(LAST_KEY, appearance)
    const update = (): void => apply(appearance ?? lastAppearance())
    update()
    dark.addEventListener('change', update)
    return () => dark.removeEventListener('change', update)
  }, [appearance])
}
