import { randomBytes, scrypt } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HomeportError } from '../errors/homeport-error.ts'
import { replacePrivateFile } from '../lib/private-file.ts'
import { seal, unseal } from './cipher.ts'
import { refuseOpenToOthers } from './refuse-open-to-others.ts'
import type { SecretsFile } from './secrets-file.ts'

/** The 256-bit key that the file's secrets are sealed with. Rejects `unavailable` when it cannot be had now. */
export type SealingKey = () => Promise<Buffer>

const KEY_BYTES = 32
/** 32 MB and some tenths of a second: as OWASP's password storage cheat sheet asks of scrypt. */
const scryptCost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }
const CHECK = { name: 'passphrase-check', text: 'homeport' }

/** A random key in `secrets.key` (0600), made with the first secret. It guards against the loss of one file, no more. */
export function keyFromFile(dataDir: string, file: SecretsFile): SealingKey {
  const path = join(dataDir, 'secrets.key')
  refuseOpenToOthers(path)
  return async () => {
    if (!existsSync(path)) {
      if (Object.values(file.content.secrets).some((secret) => secret.in === 'key-file'))
        throw new HomeportError(
          'unavailable',
          'secrets.key is gone, and without it stored keys cannot be read',
          {
            action: 'Put the file back, or remove the providers and add them again'
          }
        )
      replacePrivateFile(path, randomBytes(KEY_BYTES).toString('base64'))
    }
    const key = Buffer.from(readFileSync(path, 'utf8'), 'base64')
    if (key.length !== KEY_BYTES)
      throw new HomeportError('unavailable', 'secrets.key in the data folder is damaged', {
        action: 'Put the right file back, or remove the providers and add them again'
      })
    return key
  }
}

/** A key from the person's passphrase. Null passphrase: none was given at this start. */
export function keyFromPassphrase(passphrase: string | null, file: SecretsFile): SealingKey {
  return async () => {
    if (passphrase === null)
      throw new HomeportError('unavailable', 'Stored keys are locked with a passphrase', {
        action: 'Start Homeport with HOMEPORT_PASSPHRASE set to it'
      })
    const known = file.content.passphrase
    const salt = known ? Buffer.from(known.salt, 'base64') : randomBytes(16)
    const key = await derive(passphrase, salt)
    if (!known)
      file.update({
        passphrase: { salt: salt.toString('base64'), check: seal(key, CHECK.name, CHECK.text) }
      })
    else if (unseal(key, CHECK.name, known.check) !== CHECK.text)
      throw new HomeportError(
        'unavailable',
        'The passphrase is not the one that stored keys are locked with',
        {
          action: 'Start Homeport with the right HOMEPORT_PASSPHRASE'
        }
      )
    return key
  }
}

const derive = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES, scryptCost, (error, key) =>
      error ? reject(error) : resolve(key)
    )
  })
