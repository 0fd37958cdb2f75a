import { randomBytes } from 'node:crypto'

/** The operating system's keychain, as far as it is needed here. */
export interface Keychain {
  get(account: string): Promise<string | null>
  set(account: string, value: string): Promise<void>
  delete(account: string): Promise<void>
}

/** Why the keychain cannot be used, in a sentence for people; details are in `cause`. */
export class KeychainProblem extends Error {}

const SERVICE = 'Homeport'
const PROBE_SERVICE = 'Homeport probe'
/** Long enough for a person to type the password that unlocks it. */
const ANSWER_MS = 20_000

/**
 * The keychain, after proof that it keeps what it is given. Rejects with KeychainProblem.
 *
 * The proof is needed on Linux, where the library falls back to the kernel's keyring when there is no Secret Service:
 * writing succeeds, and another process, or the next start, reads nothing. So a canary must be found by listing, which
 * the fallback cannot do; and entries are pinned to the Secret Service.
 */
export async function openKeychain(): Promise<Keychain> {
  const { AsyncEntry, findCredentialsAsync } = await import('@napi-rs/keyring').catch((cause: unknown) => {
    throw new KeychainProblem('The part that talks to the keychain does not work on this system.', { cause })
  })
  const entry = (service: string, account: string) =>
    new AsyncEntry(service, account, { linux: { store: 'secret-service' } })

  const canary = randomBytes(8).toString('hex')
  const probe = async (): Promise<boolean> => {
    const planted = entry(PROBE_SERVICE, canary)
    await planted.setPassword(canary)
    try {
      const listed = await findCredentialsAsync(PROBE_SERVICE)
      return listed.some(({ account, password }) => account === canary && password === canary)
    } finally {
      await planted.deletePassword()
    }
  }
  if (!(await answer(probe()))) throw new KeychainProblem('The keychain does not keep what it is given.')

  return {
    get: async (account) => (await answer(entry(SERVICE, account).getPassword())) ?? null,
    set: (account, value) => answer(entry(SERVICE, account).setPassword(value)),
    delete: async (account) => void (await answer(entry(SERVICE, account).deletePassword()))
  }
}

async function answer<T>(asked: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new KeychainProblem('The keychain did not answer in time; it may be locked.')),
    ANSWER_MS
  )
  try {
    return await Promise.race([asked, late.promise])
  } catch (cause) {
    if (cause instanceof KeychainProblem) throw cause
    throw new KeychainProblem('This system has no keychain service running, or it refused.', { cause })
  } finally {
    clearTimeout(timer)
  }
}
