import type { Page, Request as PageRequest, Route } from 'playwright'
import { schemeHandlers, toAppAddress } from './app-addresses.ts'
import { record } from './record.ts'

/** The window behind a page, as far as its requests are concerned. */
export interface PageOwner {
  /** The address the app itself is loading: no navigation of the page. */
  readonly expectedUrl: string
  /** Whether the app's listeners let a frame navigate. Takes the app's own form of the address. */
  mayNavigate(url: string, isMainFrame: boolean): boolean
}

export const pageOwners = new Map<Page, PageOwner>()

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Answers the app's own addresses by its protocol handlers, lets this machine through and nothing else. */
export async function handleRequest(route: Route): Promise<void> {
  const request = route.request()
  const sender = senderOf(request)
  const url = toAppAddress(request.url())
  const refuse = async (reason: 'blockedbyclient' | 'aborted' | 'internetdisconnected') => {
    record.blocked.push(request.url())
    await route.abort(reason)
  }
  if (sender === null) return refuse('blockedbyclient')
  const { owner, isMainFrame } = sender
  const isOwnNavigation = request.isNavigationRequest() && request.url() !== owner.expectedUrl
  if (isOwnNavigation && !owner.mayNavigate(url, isMainFrame)) return refuse('aborted')

  const { protocol, hostname } = new URL(url)
  const handler = schemeHandlers.get(protocol.slice(0, -1))
  if (handler !== undefined) {
    const response = await handler(new Request(url, { method: request.method() }))
    const body = Buffer.from(await response.arrayBuffer())
    return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
  }
  return loopbackHosts.has(hostname) ? route.continue() : refuse('internetdisconnected')
}

/** Null for a popup, before it is known, and for a worker: Electron has neither here. */
function senderOf(request: PageRequest): { owner: PageOwner; isMainFrame: boolean } | null {
  try {
    const frame = request.frame()
    const owner = pageOwners.get(frame.page())
    return owner === undefined ? null : { owner, isMainFrame: frame === frame.page().mainFrame() }
  } catch {
    return null
  }
}
