/** Properties of the form that most notes have, and whether that is all there is. */
export interface SimpleProperties {
  properties: Record<string, unknown>
  isWhole: boolean
}

const NAME = /^[\w\u00c0-\uffff][\w\u00c0-\uffff .()/-]*$/
const ITEM = /^[ \t]*- (.*)$/
const NUMBER = /^[-+]?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/
/** Begins what only YAML can read, or holds it. */
const SPECIAL = /^[&*!|>%@`[\]{}#,?:"'+.~-]|: |\s#|:$|^\d+[.eExXo]|^0\d|^\d{16}/
const QUOTED = /^"([^"\\]*)"$|^'([^']*)'$/
const LIST = /^\[([^[\]{}"'#&*!|>%@`:]*)\]$/

/**
 * Reads `name: value`, `name: [a, b]` and lists of a line each, much quicker than YAML. What is not of that form is left
 * out: then it is not whole.
 */
export function simpleProperties(source: string): SimpleProperties {
  const properties = new Map<string, unknown>()
  let isWhole = true
  let list: unknown[] | null = null
  let name = ''
  for (const raw of source.split('\n')) {
    const line = raw.trimEnd()
    if (line === '') continue
    const item = list && ITEM.exec(line)
    if (list && item) {
      const value = simpleValue(item[1] ?? '')
      if (value === undefined) isWhole = false
      else list.push(value)
      properties.set(name, list)
      continue
    }
    const colon = line.indexOf(':')
    const key = line.slice(0, colon).trimEnd()
    const written = line.slice(colon + 1).trimStart()
    const isNamed = colon > 0 && NAME.test(key) && (written === '' || line.charAt(colon + 1) === ' ')
    if (!isNamed || properties.has(key) || key === '__proto__') {
      isWhole = false
      list = null
      continue
    }
    const value = written === '' ? null : simpleValue(written)
    if (value === undefined) isWhole = false
    else properties.set(key, value)
    list = written === '' ? [] : null
    name = key
  }
  return { properties: Object.fromEntries(properties), isWhole }
}

/** Undefined where only YAML can say. */
function simpleValue(written: string): unknown {
  const quoted = QUOTED.exec(written)
  if (quoted) return quoted[1] ?? quoted[2]
  if (NUMBER.test(written)) return Number(written)
  const list = LIST.exec(written)
  if (list) return listed(list[1] ?? '')
  if (SPECIAL.test(written)) return undefined
  switch (written) {
    case 'true':
    case 'True':
    case 'TRUE':
      return true
    case 'false':
    case 'False':
    case 'FALSE':
      return false
    case 'null':
    case 'Null':
    case 'NULL':
      return null
    default:
      return written
  }
}

function listed(written: string): unknown[] | undefined {
  if (written.trim() === '') return []
  const values = written.split(',').map((part) => simpleValue(part.trim()))
  return values.some((value) => value === undefined || value === '') ? undefined : values
}
