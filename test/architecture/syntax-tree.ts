import { type Node, parseSync } from 'oxc-parser'
import type { SourceFile } from './source-files.ts'

/** Every node of a file's syntax tree, parents before children. Throws where the file does not parse. */
export function* nodesOf({ path, text }: SourceFile): Generator<Node> {
  const { program, errors } = parseSync(path, text)
  const [error] = errors
  if (error) throw new Error(`${path}: ${error.message}`)
  const left: unknown[] = [program]
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (isNode(value)) yield value
    if (typeof value === 'object' && value !== null)
      left.push(...Object.values(value).filter((child) => typeof child === 'object'))
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
