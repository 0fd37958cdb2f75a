import { isUtf8 } from 'node:buffer'

/** Bytes in which a page says how it is written. */
const HEAD_BYTES = 2048
/** What browsers take for a page that does not say and is not UTF-8. */
const USUAL = 'windows-1252'

/** The page's source: by its mark, by what it says of itself, as UTF-8, or as browsers guess. Never throws. */
export function htmlText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be')
  if (isUtf8(bytes)) return decoded(bytes, 'utf-8')
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')
  const [, said = USUAL] = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head) ?? []
  return decoded(bytes, said.toLowerCase().startsWith('utf') ? USUAL : said)
}

function decoded(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    // a name that nobody knows
    return new TextDecoder(USUAL).decode(bytes)
  }
}
