import { isRecord, type Json } from '../json-fields.ts'

/**
 * An object of Google's wire with the names of its members in camel case: Google takes `systemInstruction` and
 * `system_instruction` alike. Only its own members; null for anything that is no object.
 */
export function camelCased(value: unknown): Json | null {
  if (!isRecord(value)) return null
  const names = Object.keys(value)
  if (!names.some((name) => name.includes('_'))) return value
  return Object.fromEntries(names.map((name) => [toCamel(name), value[name]]))
}

const toCamel = (name: string): string =>
  name.replace(/(?<!^)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** A list; a single value counts as a list of one, as Google's own readers take it. Absent is empty. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** Null for anything but a text, and for the empty one. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null
