import { stripVTControlCharacters } from 'node:util'
import type { Terminal } from './terminal.ts'

/**
 * Prints an answer as it streams. A terminal gets no control characters, so that no model can steer it; a pipe gets
 * every byte.
 */
export function answerPrinter(terminal: Terminal) {
  let printed = ''
  const print = (text: string): void => {
    printed += text
    terminal.write(terminal.interactive ? withoutControls(text) : text)
  }
  return {
    delta: print,
    /** `text` is the whole answer as saved: what no delta brought is printed now. */
    end(text: string) {
      if (text.startsWith(printed)) print(text.slice(printed.length))
      if (printed !== '' && !printed.endsWith('\n')) terminal.write('\n')
    }
  }
}

const withoutControls = (text: string): string =>
  stripVTControlCharacters(text).replace(/(?![\n\t])\p{Cc}/gu, '')
