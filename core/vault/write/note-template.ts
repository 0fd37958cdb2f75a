/** What stands in place of `{{title}}` and so on. */
export interface NoteValues {
  title: string
  content: string
  date: string
  time: string
  model: string
  cost: string
  sources: string
}

/** A property of a note: a text, a number or a list of texts. */
export type NoteProperty = readonly [key: string, value: string | number | readonly string[]]

const placeholder = /\{\{\s*(\w+)\s*\}\}/g
const frontmatter = /^---\r?\n([\s\S]*?)(?:\r?\n)?---[ \t]*(?:\r?\n|$)/

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
  const fill = (text: string): string =>
    text.replace(placeholder, (written, name: string) => (isValue(values, name) ? values[name] : written))
  const ownKeys = new Set([...own.matchAll(/^([^\s:#-][^:\n]*):/gm)].map(([, key = '']) => key.trim()))
  const added = properties.filter(([key]) => !ownKeys.has(key)).map(yaml)
  const lines = [...(own.trim() === '' ? [] : [fill(own)]), ...added]
  return `---\n${lines.join('\n')}\n---\n\n${fill(whole.slice(head.length)).trimStart()}`
}

const isValue = (values: NoteValues, name: string): name is keyof NoteValues => Object.hasOwn(values, name)

function yaml([key, value]: NoteProperty): string {
  if (typeof value === 'number') return `${key}: ${value}`
  if (typeof value === 'string') return `${key}: ${quoted(value)}`
  return `${key}:${value.map((item) => `\n  - ${quoted(item)}`).join('')}`
}

/** A text of JSON is one of YAML. */
const quoted = (text: string): string => JSON.stringify(text)
