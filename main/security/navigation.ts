import type { WebContents } from 'electron'
import { originOf } from './origins.ts'

export interface NavigationPolicy {
  /** Origins whose pages a window may show. */
  pages: readonly string[]
  /** Opens a link in the person's browser, if it passes the gate. */
  openLink(url: string): unknown
}

/** Every page stays where it is: no navigation away, no frames, no webviews, no windows of its own. */
export function restrictNavigation(contents: WebContents, policy: NavigationPolicy): void {
  const isOwnPage = (url: string) => {
    const origin = originOf(url)
    return origin !== null && policy.pages.includes(origin)
  }
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    policy.openLink(url)
    return { action: 'deny' }
  })
}
