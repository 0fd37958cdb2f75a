import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const providers = path.join(import.meta.dirname, '../../../core/providers')

/** How a kind of provider answers, from the fixture of its first plain text. */
export interface WireShape {
  plain: Buffer
  /** The events of the streamed answer as they stand on the wire. */
  events: string[]
  /** How many of them come before the first word. */
  silentEvents: number
  text: string
}

/** Throws for a kind that has no fixture of a plain text. */
export function wireShapeOf(kind: string): WireShape {
  const folder = path.join(providers, kind, '__fixtures__')
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.expected.json')) continue
    const name = path.join(folder, file.slice(0, -'.expected.json'.length))
    const { text, toolCalls, reasoning, finish } = JSON.parse(readFileSync(`${name}.expected.json`, 'utf8'))
    if (!text || toolCalls || reasoning || finish !== 'stop') continue
    const events = readFileSync(`${name}.sse`, 'utf8')
      .split(/\r?\n\r?\n/)
      .filter((event) => event.trim() !== '')
      .map((event) => `${event}\n\n`)
    const firstWord = events.findIndex((event) =>
      wordsIn(event).some((word) => word !== '' && text.startsWith(word))
    )
    return { plain: readFileSync(`${name}.json`), events, silentEvents: firstWord, text }
  }
  throw new Error(`${kind} has no fixture of a plain text`)
}

/** Every text in an event, wherever it stands. */
function wordsIn(event: string): string[] {
  const data = /^data: ?(.*)$/m.exec(event)?.[1] ?? ''
  const words: string[] = []
  const collect = (value: unknown): void => {
    if (typeof value === 'string') words.push(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  try {
    collect(JSON.parse(data))
  } catch {
    return []
  }
  return words
}
