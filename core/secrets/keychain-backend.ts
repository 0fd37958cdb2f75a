import { HomeportError } from '../errors/homeport-error.ts'
import type { Logger } from '../lib/logger.ts'
import { type Keychain, KeychainProblem } from './keychain.ts'
import type { Backend } from './secrets.ts'

/** How long a failure is believed, so that nobody waits for a dead keychain with every request. */
const RETRY_MS = 10_000

/**
 * Keeps secrets in the operating system's keychain, under `<folder>/<name>`. The keychain is asked when it is first
 * needed, and again some time after it failed.
 */
export function keychainBackend(options: {
  folderId: () => string
  open: () => Promise<Keychain>
  logger: Logger
}): Backend {
  let opening: Promise<Keychain> | null = null
  const keychain = (): Promise<Keychain> => {
    opening ??= options.open().catch((error: unknown) => {
      setTimeout(() => {
        opening = null
      }, RETRY_MS).unref()
      options.logger.warn({ error }, 'The keychain cannot be used')
      throw error
    })
    return opening
  }
  const use = async <T>(act: (keychain: Keychain) => Promise<T>): Promise<T> => {
    try {
      return await act(await keychain())
    } catch (cause) {
      throw new HomeportError('unavailable', `The keychain cannot be used. ${sentence(cause)}`, {
        action: 'Unlock the keychain and try again',
        retryable: true,
        cause
      })
    }
  }
  const account = (name: string): string => `${options.folderId()}/${name}`

  return {
    async store(name, value) {
      await use((open) => open.set(account(name), value))
      return { in: 'keychain' }
    },
    async read(name) {
      const value = await use((open) => open.get(account(name)))
      if (value === null)
        throw new HomeportError('unavailable', `The key ${name} is gone from the keychain`, {
          action: 'Enter the key again'
        })
      return value
    },
    remove: (name) => use((open) => open.delete(account(name))),
    problem: () => keychain().then(() => null, sentence)
  }
}

const sentence = (cause: unknown): string =>
  cause instanceof KeychainProblem ? cause.message : 'It failed in an unexpected way.'
