import { isRecord } from '../json-fields.ts'

// Only this dialect groups tools in namespaces, as Codex does with those of an MCP server: elsewhere both names are one.

/** How a response calls a tool. */
export interface CalledTool {
  name: string
  namespace?: string
  /** Takes free text. */
  isCustom: boolean
}

/** The one name that a tool has for models of other dialects. */
export function plainName(namespace: unknown, name: string): string {
  if (typeof namespace !== 'string' || namespace === '') return name
  return namespace.endsWith('__') ? `${namespace}${name}` : `${namespace}__${name}`
}

/** Tools by their plain name, as far as they are called in another way than a function of that name. */
export function calledTools(tools: unknown): ReadonlyMap<string, CalledTool> {
  const called = new Map<string, CalledTool>()
  const add = (list: unknown, namespace?: string): void => {
    for (const tool of Array.isArray(list) ? list : []) {
      if (!isRecord(tool) || typeof tool.name !== 'string') continue
      const { name, type } = tool
      if (type === 'namespace') add(tool.tools, name)
      else if (type === 'custom' || namespace !== undefined) {
        const isCustom = type === 'custom'
        called.set(plainName(namespace, name), {
          name,
          isCustom,
          ...(namespace !== undefined && { namespace })
        })
      }
    }
  }
  add(tools)
  return called
}
