import { styleText } from 'node:util'
import type { CliHost } from './cli-host.ts'
import { formatFacts, formatTable } from './table.ts'

type Style = 'red' | 'green' | 'yellow' | 'dim' | 'bold'

/** What a command says. Results go to stdout, everything about them to stderr, so that results can be captured. */
export interface Terminal {
  /** Someone is looking at stdout. */
  readonly interactive: boolean
  line(text: string): void
  /** Without a line's end. */
  write(text: string): void
  json(value: unknown): void
  table(headings: readonly string[], rows: readonly (readonly string[])[]): void
  facts(facts: readonly (readonly [name: string, value: string])[]): void
  note(text: string): void
  styled(style: Style, text: string): string
}

/** Colour only where a person looks and has not set NO_COLOR. */
export function createTerminal({ stdout, stderr }: Pick<CliHost, 'stdout' | 'stderr'>): Terminal {
  return {
    interactive: stdout.isTTY === true,
    line: (text) => void stdout.write(`${text}\n`),
    write: (text) => void stdout.write(text),
    json: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    table: (headings, rows) => void stdout.write(formatTable(headings, rows, stdout)),
    facts: (facts) => void stdout.write(formatFacts(facts, stdout)),
    note: (text) => void stderr.write(`${text}\n`),
    styled: (style, text) => styleText(style, text, { stream: stdout })
  }
}
