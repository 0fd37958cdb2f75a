import { HomeportError } from '../../errors/homeport-error.ts'
import type { ModelHub } from '../on-device-spec.ts'

/** Where tokens are kept. */
export interface TokenStore {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  delete(name: string): Promise<void>
}

/** The person's token at the hub. Each hub has its own, so that a mirror never sees that of Hugging Face. */
export interface HubToken extends ModelHub {
  /** Null when there is none. Throws `unavailable` when it cannot be read now. */
  read(hub: URL): Promise<string | null>
}

export function createHubToken(secrets: TokenStore, hub: () => URL): HubToken {
  const nameOf = ({ host }: URL) => `hub/${host}`
  return {
    read: (of) => secrets.get(nameOf(of)),
    status: async () => ({ hasToken: (await secrets.get(nameOf(hub()))) !== null }),
    async setToken(token) {
      if (token === null) await secrets.delete(nameOf(hub()))
      else if (/^[\x21-\x7e]+$/.test(token)) await secrets.set(nameOf(hub()), token)
      else throw new HomeportError('bad-request', 'A token has no spaces and no letters of other scripts.')
      return { hasToken: token !== null }
    }
  }
}
