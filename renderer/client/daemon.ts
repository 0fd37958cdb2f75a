import { useSyncExternalStore } from 'react'
import { z } from 'zod'
import { type BrowserHost, codeFrom, createBrowserHost } from './browser-host.ts'
import { Connection, type ConnectionState } from './connection.ts'
import { createDesktopHost } from './desktop-host.ts'

// zod otherwise compiles validators with `new Function`, which the pages' CSP forbids
z.config({ jitless: true })

const bridge = window.homeport

/** The host of a plain browser; null in the desktop app. */
export const browserHost: BrowserHost | null = bridge ? null : openBrowserHost()

function openBrowserHost(): BrowserHost {
  const code = codeFrom(location.hash)
  // the code must not stay in the address bar or the history, used or not
  if (location.hash.includes('code=')) history.replaceState(null, '', location.pathname)
  return createBrowserHost({ baseUrl: location.origin, code, storage: sessionStorage })
}

/** This window's line to the daemon. */
export const daemon = new Connection(bridge ? createDesktopHost(bridge) : (browserHost ?? openBrowserHost()))

export function useConnection(): ConnectionState {
  return useSyncExternalStore(daemon.store.subscribe, daemon.store.getState)
}
