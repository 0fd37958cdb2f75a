import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { HomeportError } from '../errors/homeport-error.ts'
import { replacePrivateFile } from '../lib/private-file.ts'
import { refuseOpenToOthers } from './refuse-open-to-others.ts'

const sealedSchema = z.object({ nonce: z.string(), data: z.string() })
const storedSecretSchema = z.discriminatedUnion('in', [
  z.object({ in: z.literal('keychain') }),
  sealedSchema.extend({ in: z.literal('passphrase-file') }),
  sealedSchema.extend({ in: z.literal('key-file') })
])

const contentSchema = z.object({
  format: z.literal(1),
  /** Tells this folder's secrets from those of others in the same keychain. */
  folderId: z.string(),
  /** Set with the first secret under a passphrase. `check` opens with the right one only. */
  passphrase: z.object({ salt: z.string(), check: sealedSchema }).nullable(),
  secrets: z.record(z.string(), storedSecretSchema)
})
export type SecretsContent = z.infer<typeof contentSchema>

/** `secrets.json`: which secret is kept where, and the sealed values of those kept here. */
export interface SecretsFile {
  /** Held in memory: the folder has one owner. */
  readonly content: SecretsContent
  /** On the disk when it returns. */
  update(change: Partial<SecretsContent>): void
}

/**
 * Throws `not-allowed` when other users can open the file, `internal` when it is not what Homeport writes; it is never
 * replaced by an empty one then.
 */
export function openSecretsFile(dataDir: string): SecretsFile {
  const path = join(dataDir, 'secrets.json')
  refuseOpenToOthers(path)
  let content = read(path)
  return {
    get content() {
      return content
    },
    update(change) {
      const changed = { ...content, ...change }
      try {
        replacePrivateFile(path, JSON.stringify(changed, null, 2))
      } catch (cause) {
        throw new HomeportError('unavailable', 'The secrets file cannot be written', {
          action: 'Check the free space and the permissions of the data folder',
          cause
        })
      }
      content = changed
    }
  }
}

function read(path: string): SecretsContent {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { format: 1, folderId: randomBytes(8).toString('hex'), passphrase: null, secrets: {} }
    throw error
  }
  try {
    return contentSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new HomeportError('internal', 'secrets.json in the data folder is damaged', {
      action: 'Restore it from a backup of yours, or move it away and enter the keys again',
      cause
    })
  }
}
