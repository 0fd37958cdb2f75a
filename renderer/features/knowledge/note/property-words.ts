/** A property's value as people write it: lists with commas, yes and no, wikilinks without their brackets. */
export function propertyWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(propertyWords).join(', ')
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, part]) => `${name}: ${propertyWords(part)}`)
      .join(', ')
  }
  return String(value).replace(/\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/g, '$1')
}
