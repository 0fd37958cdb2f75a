import { isUtf8 } from 'node:buffer'
import type { Usage } from '../../../contract/usage.ts'
import { isRecord } from '../json-fields.ts'

type Made = Pick<Usage['output'], 'audio' | 'image'>

/** What is kept of a stream to find its last event: those that carry usage are small. */
const tailBytes = 64 * 1024

/**
 * Reads the usage out of an answer whose bytes pass by: a JSON body, or the last event of a stream that has one. Sound says
 * nothing of itself: what was used is then how many characters were spoken.
 */
export class RawUsage {
  readonly #kept: Buffer[] = []
  readonly #isStream: boolean
  readonly #spokenCharacters: number | null
  #size = 0

  constructor(contentType: string, spokenCharacters: number | null = null) {
    this.#spokenCharacters = spokenCharacters
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
    return this.#spokenCharacters === null ? null : usageOf(0, 0, { characters: this.#spokenCharacters })
  }
}

/**
 * OpenAI's counts for pictures, speech and transcripts: `{input_tokens, output_tokens}`; the seconds of sound where it
 * bills by those; and the pictures made. Null where there is none of it.
 */
function readUsage(body: unknown): Usage | null {
  if (!isRecord(body)) return null
  const usage = isRecord(body.usage) ? body.usage : {}
  const input = countOf(usage.input_tokens)
  const seconds = secondsOf(usage.seconds) ?? secondsOf(body.duration)
  const images = Array.isArray(body.data) ? body.data.length : 0
  if (input === null) {
    if (images > 0) return usageOf(0, 0, { images })
    return seconds === null ? null : usageOf(0, 0, { seconds })
  }
  const output = countOf(usage.output_tokens) ?? 0
  const details = isRecord(usage.input_tokens_details)
    ? usage.input_tokens_details
    : usage.input_token_details
  const { audio_tokens, image_tokens, cached_tokens } = isRecord(details) ? details : {}
  const audio = countOf(audio_tokens) ?? 0
  const image = countOf(image_tokens) ?? 0
  const cacheRead = Math.min(countOf(cached_tokens) ?? 0, input)
  const counted = usageOf(input, output, images > 0 ? { images } : undefined)
  const made = madeOf(body, output)
  return {
    ...counted,
    input: {
      ...counted.input,
      noCache: input - cacheRead,
      cacheRead,
      ...(audio > 0 && { audio }),
      ...(image > 0 && { image })
    },
    output: { ...counted.output, text: output - (made.audio ?? 0) - (made.image ?? 0), ...made }
  }
}

/** What the tokens of the answer are: sound, pictures, or the words of a transcript. */
function madeOf({ type, data, usage }: Readonly<Record<string, unknown>>, output: number): Made {
  if (type === 'speech.audio.done') return { audio: output }
  if (!Array.isArray(data)) return {}
  const details = isRecord(usage) && isRecord(usage.output_tokens_details) ? usage.output_tokens_details : {}
  return { image: Math.min(countOf(details.image_tokens) ?? output, output) }
}

const usageOf = (input: number, output: number, units: Usage['units']): Usage => ({
  input: { total: input, noCache: input, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: output, text: output, reasoning: 0 },
  ...(units && { units })
})

const secondsOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null

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
