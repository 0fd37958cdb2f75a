/** Where the app's own pages live. A custom scheme: no server, no file access. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'homeport'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/**
 * The origin of a URL, also for our own scheme (whose `URL.origin` is the string "null").
 * Null for what has none: text that is no URL, `data:`, `about:`.
 */
export function originOf(url: string): string | null {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.host === '') return null
  return `${parsed.protocol}//${parsed.host}`
}

/**
 * Origins whose pages are ours. More than one only in development (electron-vite's server) and in tests, where the
 * stand-in for Electron cannot load a custom scheme.
 */
export interface OwnOrigins {
  /** As Electron reports them: checked on every message, navigation and permission. */
  pages: readonly string[]
  /** As they stand in the `Origin` header: told to the daemon. */
  requests: readonly string[]
}

export function ownOrigins(extra: { devServer: string | null; testOrigin: string | null }): OwnOrigins {
  const dev = extra.devServer === null ? null : originOf(extra.devServer)
  const present = (origins: (string | null)[]) => origins.filter((origin) => origin !== null)
  return { pages: present([APP_ORIGIN, dev]), requests: present([APP_ORIGIN, dev, extra.testOrigin]) }
}
