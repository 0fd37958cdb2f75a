import type { Attributes, AttributeValue } from './otlp-span.ts'

/** The first of these attributes that is a text with something in it; conventions were renamed, and some have several. */
export function textOf(attributes: Attributes, ...names: string[]): string | null {
  for (const name of names) {
    const value = attributes[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

/** The first that is a count. */
export function countOf(attributes: Attributes, ...names: string[]): number | null {
  for (const name of names) {
    const value = attributes[name]
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  }
  return null
}

/** A list that is flattened to `<prefix>.<index>.<name>`, as attributes by name for each index that is there. */
export function listAt(attributes: Attributes, prefix: string): Attributes[] {
  const start = `${prefix}.`
  const items = new Map<number, Attributes>()
  for (const name in attributes) {
    if (!name.startsWith(start)) continue
    const [, index, rest] = /^(\d{1,6})\.(.+)$/s.exec(name.slice(start.length)) ?? []
    if (index === undefined || rest === undefined) continue
    const item = items.get(Number(index)) ?? {}
    item[rest] = attributes[name] ?? null
    items.set(Number(index), item)
  }
  return [...items].sort(([a], [b]) => a - b).map(([, item]) => item)
}

/** What an attribute holds as JSON; itself where it is no text, or no JSON. */
export function jsonIn(value: AttributeValue | undefined): unknown {
  if (typeof value !== 'string') return value ?? null
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
