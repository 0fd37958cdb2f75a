/**
 * Chromium has no `app:` scheme, so the stand-in loads app://homeport/x as https://homeport.app.standin/x, answered by
 * the app's own protocol handler. The app itself only ever sees its own addresses.
 */
export type SchemeHandler = (request: Request) => Response | Promise<Response>

export const privilegedSchemes = new Set<string>()
export const schemeHandlers = new Map<string, SchemeHandler>()

export function toWebAddress(url: string): string {
  const { protocol, host, pathname, search, hash } = new URL(url)
  const scheme = protocol.slice(0, -1)
  return privilegedSchemes.has(scheme) ? `https://${host}.${scheme}.standin${pathname}${search}${hash}` : url
}

export const toAppAddress = (url: string): string =>
  url.replace(/^https:\/\/([^/]+)\.([a-z-]+)\.standin/, '$2://$1')
