import { isMap, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { HomeportError } from '../errors/homeport-error.ts'
import { describeIssue } from './describe-issue.ts'

type Path = readonly PropertyKey[]
type YamlDocument = ReturnType<typeof parseDocument>

/** What a text says, and where it says it. */
export interface ConfigText<T> {
  value: T
  /** For an error: `line 4, providers[0].kind`. Of what is not there, the place is that of what it is missing in. */
  placeOf(path: Path): string
}

/** More of them than a person would write: a small text can stand for more than fits into memory. */
const MAX_REFERENCES = 10

/** Throws `bad-request` with the line of the first thing that is not YAML, or not as the schema wants it. */
export function readConfigText<T>(yaml: string, schema: z.ZodType<T>): ConfigText<T> {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const [error] = document.errors
  if (error) throw invalidConfig(`line ${lines.linePos(error.pos[0]).line} is no YAML: ${error.message}`)

  const placeOf = (path: Path): string => {
    const line = lines.linePos(offsetOf(document, path)).line
    return path.length === 0 ? `line ${line}` : `line ${line}, ${shown(path)}`
  }
  const checked = schema.safeParse(valuesIn(document))
  if (checked.success) return { value: checked.data, placeOf }
  const [issue] = checked.error.issues
  if (!issue) throw invalidConfig('it is not as it must be')
  const { path, words } = describeIssue(issue, (at) => document.hasIn(at))
  throw invalidConfig(`${placeOf(path)}: ${words}`)
}

export const invalidConfig = (what: string): HomeportError =>
  new HomeportError('bad-request', `This configuration cannot be taken: ${what}.`, { param: 'yaml' })

function valuesIn(document: YamlDocument): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_REFERENCES })
  } catch (error) {
    throw invalidConfig(`it is no YAML: ${error instanceof Error ? error.message : 'it cannot be read'}`)
  }
}

/** Where a name or an entry of a list begins; of the nearest thing around it, where it is not there itself. */
function offsetOf(document: YamlDocument, path: Path): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [index, step] of path.entries()) {
    const pair = isMap(node) ? node.items.find(({ key }) => String(key) === String(step)) : undefined
    node = document.getIn(path.slice(0, index + 1), true)
    const found = startOf(pair?.key) ?? startOf(node)
    if (found === null) break
    offset = found
  }
  return offset
}

function startOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range))
    return null
  const [start] = node.range
  return typeof start === 'number' ? start : null
}

const shown = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')
