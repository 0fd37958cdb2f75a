import { parse } from 'yaml'
import { lineEnd, trimmedEnd } from './lines.ts'
import { simpleProperties } from './simple-properties.ts'

export interface Frontmatter {
  properties: Record<string, unknown>
  /** Characters from the first property until the closing line, and the first one behind that. */
  start: number
  close: number
  end: number
  problem: string | null
}

const none: Frontmatter = { properties: {}, start: 0, close: 0, end: 0, problem: null }
const LONGEST = 100_000

/** Reads the properties between two lines of `---` at the start of a note. */
export function frontmatter(text: string): Frontmatter {
  if (!text.startsWith('---')) return none
  const opening = lineEnd(text, 0)
  if (trimmedEnd(text, 0, opening) !== 3) return none
  const closing = closingLine(text, opening)
  if (closing === -1) return none
  const source = text.slice(opening + 1, closing)
  const place = {
    start: opening + 1,
    close: trimmedEnd(text, opening + 1, closing),
    end: Math.min(lineEnd(text, closing) + 1, text.length)
  }
  const simple = simpleProperties(source)
  if (simple.isWhole) return { ...place, properties: simple.properties, problem: null }
  const parsed = yamlProperties(source)
  if (parsed) return { ...place, properties: parsed, problem: null }
  return { ...place, properties: simple.properties, problem: 'Its properties are not valid YAML' }
}

function closingLine(text: string, opening: number): number {
  let at = opening + 1
  while (at < text.length && at < LONGEST) {
    const end = lineEnd(text, at)
    if (text.startsWith('---', at) && trimmedEnd(text, at, end) === at + 3) return at
    at = end + 1
  }
  return -1
}

/** Null where it is not a map, or not YAML. */
function yamlProperties(source: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = parse(source, { uniqueKeys: false, logLevel: 'error', maxAliasCount: 50 })
    if (parsed === null || parsed === undefined) return {}
    return typeof parsed === 'object' && !Array.isArray(parsed)
      ? Object.fromEntries(Object.entries(parsed))
      : null
  } catch {
    return null
  }
}
