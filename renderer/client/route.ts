import { useSyncExternalStore } from 'react'

export const screens = ['chat', 'knowledge', 'activity', 'costs', 'models', 'connect', 'settings'] as const
export type Screen = (typeof screens)[number]

/** A place in the window: a screen, and what is open in it. It stands in the address, so a reload comes back to it. */
export interface Route {
  screen: Screen
  id: string | null
  /** How the screen is narrowed: `#/activity?model=openai%2Fgpt-5.2`. Absent where it is not. */
  query?: RouteQuery
}

export type RouteQuery = Readonly<Record<string, string>>

const LAST_ROUTE_KEY = 'homeport.route'

export function parseRoute(hash: string): Route | null {
  const [, screen, id, search] = /^#\/([a-z]+)(?:\/(\w[\w.-]{0,199}))?(?:\?(.{1,16000}))?$/.exec(hash) ?? []
  const known = screens.find((name) => name === screen)
  if (!known) return null
  const query = Object.fromEntries(new URLSearchParams(search))
  return { screen: known, id: id ?? null, ...(Object.keys(query).length > 0 && { query }) }
}

export function formatRoute({ screen, id, query = {} }: Route): string {
  const search = new URLSearchParams(query).toString()
  return `#/${screen}${id ? `/${id}` : ''}${search ? `?${search}` : ''}`
}

const start: Route = { screen: 'chat', id: null }
let current = start

/** Takes the place from the address, or the last one of an earlier run. Call once, before anything renders. */
export function initRoute(): void {
  current = parseRoute(location.hash) ?? parseRoute(localStorage.getItem(LAST_ROUTE_KEY) ?? '') ?? start
  history.replaceState(null, '', formatRoute(current))
  // also while no screen is there to listen, as in the first run
  window.addEventListener('hashchange', () => {
    current = parseRoute(location.hash) ?? start
    localStorage.setItem(LAST_ROUTE_KEY, formatRoute(current))
  })
}

export function getRoute(): Route {
  return current
}

export function navigate(screen: Screen, id: string | null = null, query: RouteQuery = {}): void {
  const hash = formatRoute({ screen, id, query })
  if (hash !== location.hash) location.hash = hash
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, getRoute)
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}
