/** A value on its way between two worlds or processes, as JSON. */
export type Encoded =
  | null
  | boolean
  | number
  | string
  | Encoded[]
  | { $: 'undefined' }
  | { $: 'error'; name: string; message: string }
  | { $: 'function'; id: number }
  | { $: 'object'; entries: Record<string, Encoded> }

export type AnyFunction = (...args: unknown[]) => unknown

/** What becomes of functions: kept here and called from the other side. Without it they cannot cross. */
export interface FunctionTable {
  keep(target: AnyFunction): number
  remote(id: number): AnyFunction
}

export interface Codec {
  encode(value: unknown): Encoded
  decode(value: Encoded): unknown
}

/**
 * Carries what Electron's structured clone carries and our contracts use: JSON, undefined and errors. All else throws,
 * as cloning would. The function is also sent to pages as text, so it refers to nothing outside itself.
 */
export function createCodec(functions?: FunctionTable): Codec {
  const encode = (value: unknown): Encoded => {
    if (value === undefined) return { $: 'undefined' }
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value === 'function' && functions !== undefined)
      return { $: 'function', id: functions.keep(value as AnyFunction) }
    if (Array.isArray(value)) return value.map(encode)
    if (value instanceof Error) return { $: 'error', name: value.name, message: value.message }
    const prototype = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined
    if (prototype !== Object.prototype && prototype !== null)
      throw new Error('An object could not be cloned.')
    const entries = Object.entries(value as object).map(([key, item]) => [key, encode(item)] as const)
    return { $: 'object', entries: Object.fromEntries(entries) }
  }
  const decode = (value: Encoded): unknown => {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(decode)
    switch (value.$) {
      case 'undefined':
        return undefined
      case 'error':
        return Object.assign(new Error(value.message), { name: value.name })
      case 'function':
        return functions?.remote(value.id)
      case 'object':
        return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [key, decode(item)]))
    }
  }
  return { encode, decode }
}
