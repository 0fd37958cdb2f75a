import { useEffect } from 'react'
import { useResource } from '../client/resource.ts'
import { settings } from '../client/resources.ts'

const LAST_KEY = 'homeport.appearance'
const dark = matchMedia('(prefers-color-scheme: dark)')

function apply(appearance: string): void {
  const isDark = appearance === 'dark' || (appearance !== 'light' && dark.matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
}

/** Puts on the appearance of last time, so that nothing flashes before the settings are there. Call before rendering. */
export function initTheme(): void {
  apply(localStorage.getItem(LAST_KEY) ?? 'system')
}

/** Follows the setting, and the system where the setting says so. */
export function useTheme(): void {
  const appearance = useResource(settings).data?.appearance
  useEffect(() => {
    if (appearance === undefined) return
    localStorage.setItem(LAST_KEY, appearance)
    const update = (): void => apply(appearance)
    update()
    dark.addEventListener('change', update)
    return () => dark.removeEventListener('change', update)
  }, [appearance])
}
