import { readCall } from './prompt-messages.ts'
import { callPart, isRecord, type Json, type ReadPart, readParts, textOf } from './prompt-parts.ts'

/** How reasoning stands before the text in a recorded answer (core/pipeline/trace-texts.ts). */
const reasoned = /^<reasoning>\n(.*?)\n<\/reasoning>\n\n(.*)$/s

/**
 * A recorded answer, to read. Text is kept as text; where a model only called tools, or a call failed, what its server sent
 * was kept, whole or as a stream of JSON, in whatever dialect.
 */
export function readAnswer(responseBody: string): ReadPart[] {
  const [, thought, text] = reasoned.exec(responseBody) ?? []
  if (thought !== undefined) return [{ type: 'thought', text: thought }, ...readParts(text)]
  const calls = callsIn(responseBody)
  if (calls.length > 0) return calls
  const events = jsonLines(responseBody)
  const parts = events === null ? [] : readEvents(events)
  return parts.length > 0 ? parts : readParts(responseBody)
}

/** Calls by themselves, as they are kept of what other programs tell. */
function callsIn(text: string): ReadPart[] {
  if (!text.startsWith('[{')) return []
  const listed = parseJson(text)
  return Array.isArray(listed) ? listed.flatMap(readCall) : []
}

function jsonLines(text: string): Json[] | null {
  if (!text.startsWith('{')) return null
  const whole = parsed(text)
  if (whole) return [whole]
  const lines = text.split('\n').map(parsed)
  return lines[0] ? lines.filter((line) => line !== null) : null
}

function parsed(line: string): Json | null {
  const json = parseJson(line)
  return isRecord(json) ? json : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function readEvents(events: readonly Json[]): ReadPart[] {
  // the last event of the Responses API has all of the answer again
  const completed = events
    .map(({ response }) => response)
    .findLast((value) => isRecord(value) && Array.isArray(value.output))
  if (isRecord(completed)) return readParts(completed.output).concat(errorIn(completed))
  return [...events.flatMap(readWhole), ...new StreamedCalls(events).parts, ...events.flatMap(errorIn)]
}

/** What one object says by itself. */
function readWhole(event: Json): ReadPart[] {
  if (Array.isArray(event.output)) return readParts(event.output)
  if (Array.isArray(event.content)) return readParts(event.content)
  if (Array.isArray(event.candidates)) {
    return event.candidates
      .filter(isRecord)
      .flatMap(({ content }) => readParts(isRecord(content) ? content.parts : content))
  }
  const message = isRecord(event.message) ? event.message : firstChoice(event)?.message
  if (!isRecord(message)) return []
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : []
  return [...readParts(message.content), ...calls.flatMap(readCall)]
}

function firstChoice({ choices }: Json): Json | null {
  const choice: unknown = Array.isArray(choices) ? choices[0] : null
  return isRecord(choice) ? choice : null
}

function errorIn({ error }: Json): ReadPart[] {
  const words = isRecord(error) ? textOf(error.message) : textOf(error)
  return words === '' ? [] : [{ type: 'text', text: words }]
}

/** Calls that came in pieces, each put together: chat completions' by `index`, Anthropic's by their block's. */
class StreamedCalls {
  readonly #calls = new Map<unknown, { name: string; arguments: string }>()

  constructor(events: readonly Json[]) {
    for (const event of events) this.#take(event)
  }

  get parts(): ReadPart[] {
    return [...this.#calls.values()].map((call) => callPart(call.name, call.arguments))
  }

  #take(event: Json): void {
    const { type, index, content_block: block, delta } = event
    if (type === 'content_block_start' && isRecord(block) && block.type === 'tool_use')
      this.#add(index, block.name, '')
    else if (type === 'content_block_delta' && isRecord(delta)) this.#add(index, '', delta.partial_json)
    const choice = firstChoice(event)?.delta
    if (!isRecord(choice) || !Array.isArray(choice.tool_calls)) return
    for (const call of choice.tool_calls.filter(isRecord)) {
      const { name, arguments: piece } = isRecord(call.function) ? call.function : {}
      this.#add(call.index, name, piece)
    }
  }

  #add(key: unknown, name: unknown, piece: unknown): void {
    const call = this.#calls.get(key) ?? { name: '', arguments: '' }
    this.#calls.set(key, { name: call.name + textOf(name), arguments: call.arguments + textOf(piece) })
  }
}
