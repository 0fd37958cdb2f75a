import { EventEmitter } from 'node:events'
import type { HandlerDetails, WebContents, WindowOpenHandlerResponse } from 'electron'
import { describe, expect, it } from 'vitest'
import { restrictNavigation } from './navigation.ts'

/** The part of a page's contents that the policy touches. */
class Contents extends EventEmitter {
  open: ((details: HandlerDetails) => WindowOpenHandlerResponse) | undefined
  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.open = handler
  }
  /** Whether a navigation was stopped. */
  stops(event: string, details: { url?: string; isMainFrame?: boolean }): boolean {
    let stopped = false
    this.emit(event, { isMainFrame: true, ...details, preventDefault: () => (stopped = true) })
    return stopped
  }
}

function restricted() {
  const contents = new Contents()
  const opened: string[] = []
  // proven boundary: Contents has every member that restrictNavigation calls
  restrictNavigation(contents as unknown as WebContents, {
    pages: ['app://homeport'],
    openLink: (url) => opened.push(url)
  })
  return { contents, opened }
}

describe('restrictNavigation', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    'lets our own pages through %s',
    (event) => {
      expect(restricted().contents.stops(event, { url: 'app://homeport/index.html' })).toBe(false)
    }
  )

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('stops %s to anything else', (event) => {
    const { contents } = restricted()
    for (const url of [
      'https://evil.example/',
      'http://127.0.0.1:7678/',
      'file:///etc/passwd',
      'data:text/html,x'
    ]) {
      expect(contents.stops(event, { url })).toBe(true)
    }
  })

  it('stops frames, even of our own pages, and webviews', () => {
    const { contents } = restricted()
    expect(contents.stops('will-frame-navigate', { url: 'app://homeport/', isMainFrame: false })).toBe(true)
    expect(contents.stops('will-attach-webview', {})).toBe(true)
  })

  it('denies new windows and hands their link to the gate', () => {
    const { contents, opened } = restricted()
    const details = {
      url: 'https://example.com/',
      frameName: '',
      features: '',
      disposition: 'new-window' as const
    }
    const answer = contents.open?.({ ...details, referrer: { url: '', policy: 'default' } })
    expect(answer).toEqual({ action: 'deny' })
    expect(opened).toEqual(['https://example.com/'])
  })
})
