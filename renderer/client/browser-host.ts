import { sessionSchema } from '../../core/contract/access.ts'
import type { Host, HostAnswer } from './host.ts'

const TOKEN_KEY = 'homeport.session'
const STALE_CODE = 'This link was used already or is too old.'

/** The code of a link like `http://127.0.0.1:7678/#code=…`, or the code itself as pasted; null when there is none. */
export function codeFrom(text: string): string | null {
  const trimmed = text.trim()
  const inLink = /#(?:.*&)?code=([^&\s]+)/.exec(trimmed)
  if (inLink?.[1]) return decode(inLink[1])
  return /^[\w-]{8,200}$/.test(trimmed) ? trimmed : null
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export interface BrowserHost extends Host {
  /** Uses the code of a printed link that the person pasted. */
  signInWith(code: string): void
}

export interface BrowserHostOptions {
  baseUrl: string
  /** The code of the address this page was opened with. */
  code: string | null
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  fetchFn?: typeof fetch
}

/** A session begins with a single-use code and lives as long as the tab. */
export function createBrowserHost({
  baseUrl,
  code,
  storage,
  fetchFn = fetch
}: BrowserHostOptions): BrowserHost {
  let unusedCode = code
  let changed = (): void => undefined

  async function exchange(): Promise<HostAnswer> {
    const response = await fetchFn(new URL('/app/session', baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: unusedCode }),
      credentials: 'omit'
    })
    // the daemon has seen the code now: it is spent, whatever the answer
    unusedCode = null
    const session = sessionSchema.safeParse(await response.json().catch(() => null))
    if (!response.ok || !session.success) return { state: 'signed-out', message: STALE_CODE }
    storage.setItem(TOKEN_KEY, session.data.token)
    return { state: 'ready', endpoint: { baseUrl, token: session.data.token } }
  }

  return {
    async connect() {
      if (unusedCode) return exchange()
      const token = storage.getItem(TOKEN_KEY)
      return token ? { state: 'ready', endpoint: { baseUrl, token } } : { state: 'signed-out', message: null }
    },
    reject(token) {
      if (storage.getItem(TOKEN_KEY) === token) storage.removeItem(TOKEN_KEY)
    },
    onChanged(listener) {
      changed = listener
    },
    signInWith(pasted) {
      unusedCode = pasted
      changed()
    }
  }
}
