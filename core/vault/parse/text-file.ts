import { isAscii, isUtf8 } from 'node:buffer'
import { HomeportError } from '../../errors/homeport-error.ts'

/** A file's text, and where its characters stand in the file. */
export interface TextFile {
  text: string
  /** The byte at which a character starts. Quick where it is asked in ascending order. */
  byteAt(character: number): number
}

/** Looked at to tell text from anything else. */
const LOOKED_AT = 8192

/**
 * Reads UTF-8, with or without a mark at its start, and UTF-16 with one. Throws `unsupported-media-type` for what is
 * not text, and `bad-request` for text of another kind: what is guessed wrongly is found by nobody.
 */
export function textFile(bytes: Uint8Array): TextFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)
  if (mark === 0xfffe && bytes.length % 2 === 0) return utf16File(buffer.toString('utf16le', 2))
  if (mark === 0xfeff && bytes.length % 2 === 0)
    return utf16File(Buffer.from(buffer.subarray(2)).swap16().toString('utf16le'))
  if (buffer.subarray(0, LOOKED_AT).includes(0))
    throw new HomeportError('unsupported-media-type', 'The file is not text')
  if (isAscii(buffer)) return { text: buffer.toString('latin1'), byteAt: (character) => character }
  if (!isUtf8(buffer))
    throw new HomeportError('bad-request', 'The text is not UTF-8', {
      action: 'Save the file as UTF-8'
    })
  const markLength = mark === 0xefbb && bytes[2] === 0xbf ? 3 : 0
  return utf8File(buffer.toString('utf8', markLength), markLength)
}

const utf16File = (text: string): TextFile => ({ text, byteAt: (character) => 2 + 2 * character })

function utf8File(text: string, markLength: number): TextFile {
  return { text, byteAt: utf8Offsets(text, markLength) }
}

/** The byte at which a character of a text starts in UTF-8, `before` bytes standing in front of it. */
export function utf8Offsets(text: string, before = 0): (character: number) => number {
  let knownCharacter = 0
  let knownByte = before
  return (character) => {
    if (character < knownCharacter) {
      knownCharacter = 0
      knownByte = before
    }
    knownByte += Buffer.byteLength(text.slice(knownCharacter, character))
    knownCharacter = character
    return knownByte
  }
}
