import { HomeportError } from '../errors/homeport-error.ts'
import { seal, unseal } from './cipher.ts'
import type { SealingKey } from './sealing-key.ts'
import type { Backend } from './secrets.ts'

/** Keeps secrets sealed in `secrets.json` itself. The key is asked for once. */
export function sealedFileBackend(kind: 'passphrase-file' | 'key-file', sealingKey: SealingKey): Backend {
  let asked: Promise<Buffer> | null = null
  const key = (): Promise<Buffer> => {
    asked ??= sealingKey().catch((error: unknown) => {
      asked = null
      throw error
    })
    return asked
  }

  return {
    problem: () =>
      key().then(
        () => null,
        (error: unknown) => (error instanceof Error ? `${error.message}.` : 'The file cannot be used.')
      ),
    store: async (name, value) => ({ in: kind, ...seal(await key(), name, value) }),
    async read(name, stored) {
      const text = stored.in === kind ? unseal(await key(), name, stored) : null
      if (text === null)
        throw new HomeportError('unavailable', `The stored key ${name} cannot be unlocked`, {
          action: 'Enter the key again'
        })
      return text
    },
    // the sealed value goes with its record
    remove: async () => {}
  }
}
