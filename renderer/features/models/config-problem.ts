import { isCollection, isMap, isPair, isScalar, type Node, parseDocument, type Range } from 'yaml'

/** A stretch of a text, from its start. */
export interface Stretch {
  start: number
  end: number
}

/**
 * Where in a configuration the trouble is that a message names: by line (`at line 3`), or by place (`aliases.best.targets.0`).
 * Null where the message names neither, or the text has no such place.
 */
export function findProblem(text: string, message: string): Stretch | null {
  const line = /\bline (\d+)/i.exec(message)?.[1]
  if (line !== undefined) return lineStretch(text, Number(line))
  const place = [/taken: ([^\s:]+): /.exec(message)?.[1], /Unrecognized keys?: "([^"]+)"/.exec(message)?.[1]]
  return placeStretch(text, place.filter((part) => part !== undefined).join('.'))
}

/** Lines count from one. */
function lineStretch(text: string, line: number): Stretch | null {
  const lines = text.split('\n')
  const wanted = lines[line - 1]
  if (wanted === undefined) return null
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0)
  return { start, end: start + wanted.length }
}

/** The deepest part of the place that is there: what is missing is missing in it. Names may have dots in them. */
function placeStretch(text: string, place: string): Stretch | null {
  let node: Node | null = parseDocument(text).contents
  let rest = place
  let found: Stretch | null = null
  while (rest !== '' && isCollection(node)) {
    const step = stepInto(node, rest)
    if (!step) break
    found = step.stretch
    node = step.node
    rest = rest.slice(step.name.length).replace(/^\./, '')
  }
  return found
}

interface Step {
  name: string
  node: Node | null
  stretch: Stretch
}

function stepInto(node: Node, place: string): Step | null {
  const leads = (name: string): boolean => place === name || place.startsWith(`${name}.`)
  if (!isCollection(node)) return null
  for (const [index, item] of node.items.entries()) {
    if (isMap(node) && isPair(item) && isScalar(item.key)) {
      const name = String(item.key.value)
      if (leads(name) && item.key.range)
        return { name, node: asNode(item.value), stretch: stretchOf(item.key.range) }
    } else if (leads(String(index))) {
      const element = asNode(item)
      if (element?.range) return { name: String(index), node: element, stretch: stretchOf(element.range) }
    }
  }
  return null
}

const asNode = (value: unknown): Node | null => (isScalar(value) || isCollection(value) ? value : null)
const stretchOf = ([start, end]: Range): Stretch => ({ start, end })
