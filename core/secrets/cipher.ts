import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export interface Sealed {
  nonce: string
  data: string
}

const TAG_BYTES = 16

/** AES-256-GCM under a fresh 96-bit nonce. The name is authenticated too: a value cannot pass for another's. */
export function seal(key: Buffer, name: string, text: string): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { nonce: nonce.toString('base64'), data: data.toString('base64') }
}

/** Null when the key is not the one it was sealed with, or name or data were changed. */
export function unseal(key: Buffer, name: string, sealed: Sealed): string | null {
  const data = Buffer.from(sealed.data, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'), {
      authTagLength: TAG_BYTES
    })
    decipher.setAAD(Buffer.from(name)).setAuthTag(data.subarray(-TAG_BYTES))
    return Buffer.concat([decipher.update(data.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
