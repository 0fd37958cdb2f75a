import { endianness } from 'node:os'

/** Code units of the text that was given last, with a zero behind them. Valid until the next text is given. */
export type CodeUnits = (text: string) => Uint16Array

const FIRST_LENGTH = 1 << 14

/**
 * Reads texts by code units, all into the same memory: from an array they come in a third of the time that `charCodeAt`
 * takes, and an array for each text would take as long again.
 */
export function createCodeUnits(): CodeUnits {
  let codes = new Uint16Array(FIRST_LENGTH)
  let bytes = Buffer.from(codes.buffer)
  return (text) => {
    if (text.length >= codes.length) {
      codes = new Uint16Array(2 * text.length)
      bytes = Buffer.from(codes.buffer)
    }
    const written = bytes.write(text, 'utf16le')
    if (endianness() === 'BE') bytes.subarray(0, written).swap16()
    codes[text.length] = 0
    return codes
  }
}
