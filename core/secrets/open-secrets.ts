import { HomeportError } from '../errors/homeport-error.ts'
import type { Logger } from '../lib/logger.ts'
import { type Keychain, openKeychain } from './keychain.ts'
import { keychainBackend } from './keychain-backend.ts'
import { sealedFileBackend } from './sealed-file-backend.ts'
import { keyFromFile, keyFromPassphrase } from './sealing-key.ts'
import type { Backend, BackendKind, Secrets } from './secrets.ts'
import { openSecretsFile } from './secrets-file.ts'

export interface OpenSecretsOptions {
  /** A prepared data folder whose lock the caller holds. */
  dataDir: string
  logger: Logger
  /** Read for `HOMEPORT_SECRETS=file` (leave the keychain alone) and `HOMEPORT_PASSPHRASE`. */
  env?: Readonly<Record<string, string | undefined>>
  /** Opens the keychain, or rejects with KeychainProblem. Default: the operating system's. */
  keychain?: () => Promise<Keychain>
}

const STATUS_WAIT_MS = 1500

const protection: Record<BackendKind, string> = {
  keychain: 'Keys are in the keychain of your operating system.',
  'passphrase-file': 'Keys are in a file, encrypted with your passphrase.',
  'key-file':
    'Keys are in a file whose own key lies beside it: private to your user account, but not encrypted in earnest.'
}

/**
 * Opens the secrets of a data folder. New secrets go to the keychain if it proves to work, else into an encrypted file;
 * with a passphrase, or `HOMEPORT_SECRETS=file`, into the file at once. Each secret is read from where it was stored.
 * The keychain is first asked when it is first needed. Throws `not-allowed` when other users can open the files.
 */
export function openSecrets(options: OpenSecretsOptions): Secrets {
  const { dataDir, logger, env = {} } = options
  const passphrase = env.HOMEPORT_PASSPHRASE || null
  const fileOnly = readChoice(env.HOMEPORT_SECRETS)
  const file = openSecretsFile(dataDir)
  const backends: Record<BackendKind, Backend> = {
    keychain: keychainBackend({
      folderId: () => file.content.folderId,
      open: options.keychain ?? openKeychain,
      logger
    }),
    'passphrase-file': sealedFileBackend('passphrase-file', keyFromPassphrase(passphrase, file)),
    'key-file': sealedFileBackend('key-file', keyFromFile(dataDir, file))
  }
  /** Opened values: a provider's key is needed with every request, and a keychain takes milliseconds. */
  const opened = new Map<string, string>()

  const choose = async (
    problemOf: (backend: Backend) => Promise<string | null> = (backend) => backend.problem()
  ): Promise<{ kind: BackendKind; keychainProblem: string | null }> => {
    if (fileOnly || passphrase !== null)
      return {
        kind: passphrase === null ? 'key-file' : 'passphrase-file',
        keychainProblem: fileOnly ? 'HOMEPORT_SECRETS=file was asked for.' : 'A passphrase was given instead.'
      }
    const keychainProblem = await problemOf(backends.keychain)
    return { kind: keychainProblem === null ? 'keychain' : 'key-file', keychainProblem }
  }

  const read = async (name: string): Promise<string | null> => {
    const stored = file.content.secrets[name]
    if (!stored) return null
    const value = await backends[stored.in].read(name, stored)
    opened.set(name, value)
    return value
  }

  /** One change at a time: each reads the file's content and writes all of it. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const done = last.then(change)
    last = done.catch(() => {})
    return done
  }

  return {
    get: async (name) => opened.get(name) ?? (await read(name)),

    set: (name, value) =>
      inTurn(async () => {
        const { kind, keychainProblem } = await choose()
        const before = file.content.secrets[name]
        if (kind === 'key-file' && !fileOnly) refuseDowngrade(file.content.secrets, keychainProblem)
        const stored = await backends[kind].store(name, value)
        file.update({ secrets: { ...file.content.secrets, [name]: stored } })
        opened.set(name, value)
        if (before && before.in !== kind) await removeOld(backends[before.in], name, logger)
      }),

    delete: (name) =>
      inTurn(async () => {
        const stored = file.content.secrets[name]
        if (!stored) return
        await backends[stored.in].remove(name)
        const { [name]: _, ...others } = file.content.secrets
        file.update({ secrets: others })
        opened.delete(name)
      }),

    async status() {
      const { kind, keychainProblem } = await choose(soon)
      const stored = Object.values(file.content.secrets)
      const warnings = await Promise.all(
        [...new Set(stored.map((secret) => secret.in))].map(async (place) => {
          const problem = await soon(backends[place])
          const count = stored.filter((secret) => secret.in === place).length
          return problem === null ? [] : [`${count} stored before cannot be read now: ${problem}`]
        })
      )
      return { backend: kind, description: [protection[kind], ...warnings.flat()].join(' '), keychainProblem }
    }
  }
}

/** What is wrong with a place, for a window that waits for the answer. A keychain may be asking the person to unlock it. */
async function soon(backend: Backend): Promise<string | null> {
  const late = Promise.withResolvers<string>()
  const timer = setTimeout(() => late.resolve('It has not answered yet; it may be locked.'), STATUS_WAIT_MS)
  const problem = await Promise.race([backend.problem(), late.promise])
  clearTimeout(timer)
  return problem
}

function readChoice(choice: string | undefined): boolean {
  if (choice === undefined || choice === '') return false
  if (choice === 'file') return true
  throw new HomeportError('bad-request', 'HOMEPORT_SECRETS can only be `file`', { param: 'HOMEPORT_SECRETS' })
}

/** A key file protects least. What was better protected once is not followed by something worse without a word. */
function refuseDowngrade(
  secrets: Readonly<Record<string, { in: BackendKind }>>,
  keychainProblem: string | null
): void {
  const better = Object.values(secrets).find((secret) => secret.in !== 'key-file')
  if (!better) return
  throw new HomeportError(
    'unavailable',
    better.in === 'keychain'
      ? `Keys are kept in the keychain, and it cannot be used now. ${keychainProblem ?? ''}`.trim()
      : 'Keys are locked with a passphrase, and none was given',
    {
      action:
        better.in === 'keychain'
          ? 'Unlock the keychain, or start with HOMEPORT_SECRETS=file to keep keys in a file from now on'
          : 'Start Homeport with HOMEPORT_PASSPHRASE set to it'
    }
  )
}

async function removeOld(backend: Backend, name: string, logger: Logger): Promise<void> {
  try {
    await backend.remove(name)
  } catch (error) {
    logger.warn({ error, secret: name }, 'An older copy of a secret could not be removed')
  }
}
