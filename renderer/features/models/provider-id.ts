/** An id nobody has yet: the wanted one, or the first with a number after it that is free. */
export function freeProviderId(wanted: string, taken: readonly string[]): string {
  const base = slug(wanted)
  let id = base
  for (let number = 2; taken.includes(id); number++) id = `${base}-${number}`
  return id
}

/** A name as a provider id may be written: lower-case letters, digits, dots and dashes, at most 36. */
export function slug(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[^a-z0-9]+|[-._]+$/g, '')
  return words.slice(0, 36) || 'custom'
}
