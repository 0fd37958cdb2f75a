/** What stands in place of `{{title}}` and so on. */
export interface NoteValues {
  title: string
  content: string
  date: string
  time: string
  model: string
  cost: string
  /** Each on a line of its own. */
  sources: string
  question: string
}

/** A property of a note: a text, a number or a list of texts. */
export type NoteProperty = readonly [key: string, value: string | number | readonly string[]]

const placeholder = /\{\{\s*(\w+)\s*\}\}/g
const frontmatter = /^---\r?\n([\s\S]*?)(?<=\n)---[ \t]*(?:\r?\n|$)/
/** A property, or an item of a list, that is filled in as a whole; quotes around it are ours to set. */
const wholeValue = /^(\s*(?:[^\s:#-][^:]*:|-)[ \t]+)(["']?)\{\{\s*(\w+)\s*\}\}\2[ \t]*$/

/**
 * The text of a note. Names in braces that are not known stay as they are, so that other programs can fill them in; what is
 * filled in is not looked through again. A template without `{{content}}` gets it at its end, and properties that it does not
 * set itself are added to its own.
 */
export function fillTemplate(
  template: string | null,
  values: NoteValues,
  properties: readonly NoteProperty[]
): string {
  const body = template ?? '{{content}}\n'
  const whole = /\{\{\s*content\s*\}\}/.test(body) ? body : `${body.trimEnd()}\n\n{{content}}\n`
  const [head = '', own = ''] = frontmatter.exec(whole) ?? []
  const ownKeys = new Set([...own.matchAll(/^([^\s:#-][^:\n]*):/gm)].map(([, key = '']) => key.trim()))
  const added = properties.filter(([key]) => !ownKeys.has(key)).map(yaml)
  const lines = [...(own.trim() === '' ? [] : [filledProperties(own.trimEnd(), values)]), ...added]
  return `---\n${lines.join('\n')}\n---\n\n${filled(whole.slice(head.length), values).trimStart()}`
}

const filled = (text: string, values: NoteValues, spelt = (value: string): string => value): string =>
  text.replace(placeholder, (written, name: string) =>
    isValue(values, name) ? spelt(values[name]) : written
  )

/** What is filled in stays the text it is, whatever it means to YAML. */
function filledProperties(text: string, values: NoteValues): string {
  return text
    .split(/\r?\n/)
    .map((line) => {
      const [, start = '', , name = ''] = wholeValue.exec(line) ?? []
      // a date is one only without quotes
      if (!isValue(values, name) || name === 'date') return filled(line, values, withinQuotes)
      const isList = name === 'sources' && !start.trimStart().startsWith('-')
      return isList
        ? yaml([start.trimEnd().slice(0, -1), values.sources.split('\n').filter((one) => one !== '')])
        : `${start}${quoted(values[name])}`
    })
    .join('\n')
}

/** Within other words of a property a quote or a line's end would end it. */
const withinQuotes = (text: string): string =>
  text.replace(/\s+/g, ' ').replaceAll('"', "'").replaceAll('\\', '/')

const isValue = (values: NoteValues, name: string): name is keyof NoteValues => Object.hasOwn(values, name)

function yaml([key, value]: NoteProperty): string {
  if (typeof value === 'number') return `${key}: ${value}`
  if (typeof value === 'string') return `${key}: ${quoted(value)}`
  return `${key}:${value.length === 0 ? ' []' : value.map((item) => `\n  - ${quoted(item)}`).join('')}`
}

/** A text of JSON is one of YAML. */
const quoted = (text: string): string => JSON.stringify(text)
