import { stripVTControlCharacters, styleText } from 'node:util'
import type { Output } from './cli-host.ts'

/** Names and messages come from files and servers: nothing in them may steer the terminal or break a row. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
}

/** Columns a terminal needs for the text: two for East Asian wide characters and emoji, none for combining marks. */
export function displayWidth(text: string): number {
  let width = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) width += isWide(segment) ? 2 : 1
  return width
}

const isWide = (segment: string): boolean =>
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
    segment
  ) || /^\p{Emoji_Presentation}/u.test(segment)

/** Rows as aligned columns under dim headings. `output` decides whether there is colour. */
export function formatTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  output: Output
): string {
  const cells = rows.map((row) => row.map(printable))
  const widths = headings.map((heading, column) =>
    Math.max(displayWidth(heading), ...cells.map((row) => displayWidth(row[column] ?? '')))
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell))))
      .join('  ')
      .trimEnd()
  const head = styleText('dim', line(headings.map((heading) => heading.toUpperCase())), { stream: output })
  return [head, ...cells.map(line)].map((text) => `${text}\n`).join('')
}

/** `name: value` pairs, aligned. */
export function formatFacts(
  facts: readonly (readonly [name: string, value: string])[],
  output: Output
): string {
  const width = Math.max(...facts.map(([name]) => name.length))
  return facts
    .map(([name, value]) => {
      const label = styleText('dim', name.padEnd(width), { stream: output })
      return `${label}  ${printable(value)}\n`
    })
    .join('')
}
