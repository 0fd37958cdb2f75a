import { isUtf8 } from 'node:buffer'
import type { Usage } from '../../../contract/usage.ts'
import { isRecord } from '../json-fields.ts'

/** What is kept of a stream to find its last event: those that carry usage are small. */
const tailBytes = 64 * 1024

/** Reads the usage out of an answer whose bytes pass by: a JSON body, or the last event of a stream that has one. */
export class RawUsage {
  readonly #kept: Buffer[] = []
  readonly #isStream: boolean
  #size = 0

  constructor(contentType: string) {
    this.#isStream = !contentType.startsWith('application/json')
  }

  add(chunk: Buffer): void {
    this.#kept.push(chunk)
    this.#size += chunk.length
    while (this.#isStream && this.#size - (this.#kept[0]?.length ?? 0) >= tailBytes) {
      this.#size -= this.#kept.shift()?.length ?? 0
    }
  }

  read(): Usage | null {
    const bytes = Buffer.concat(this.#kept)
    if (!this.#isStream) return readUsage(parse(bytes))
    const tail = bytes.toString('utf8')
    for (const line of tail.split('\n').reverse()) {
      const usage = line.startsWith('data:') ? readUsage(parse(Buffer.from(line.slice(5)))) : null
      if (usage) return usage
    }
    return null
  }
}

/**
 * OpenAI's counts for pictures, speech and transcripts: `{input_tokens, output_tokens}`. Null where it bills by other
 * things than tokens, seconds of sound say.
 */
function readUsage(body: unknown): Usage | null {
  const usage = isRecord(body) ? body.usage : null
  if (!isRecord(usage)) return null
  const input = countOf(usage.input_tokens)
  const output = countOf(usage.output_tokens) ?? 0
  if (input === null) return null
  return {
    input: { total: input, noCache: input, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
    output: { total: output, text: output, reasoning: 0 }
  }
}

const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null

function parse(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) return null
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
