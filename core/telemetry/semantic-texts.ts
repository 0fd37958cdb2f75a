import type { Attributes } from './otlp-span.ts'
import { countOf, jsonIn, listAt, textOf } from './semantic-attributes.ts'
import { inputMessages, type Message, outputMessages, written } from './semantic-messages.ts'

/** What a span holds of prompts, answers, arguments and documents, under OpenTelemetry's names for them. */
export interface SpanTexts {
  'gen_ai.input.messages'?: Message[]
  'gen_ai.output.messages'?: Message[]
  'gen_ai.tool.call.arguments'?: unknown
  'gen_ai.tool.call.result'?: unknown
  'gen_ai.retrieval.query.text'?: string
  'gen_ai.retrieval.documents'?: RetrievedDocument[]
  'input.value'?: string
  'output.value'?: string
}

interface RetrievedDocument {
  id: string | null
  score: number | null
  content: string
}

/** Where either convention keeps what was said. */
const textPrefixes = [
  'gen_ai.input.',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.tool.definitions',
  'gen_ai.retrieval.documents',
  'gen_ai.retrieval.query',
  'gen_ai.completion',
  'llm.input_messages.',
  'llm.output_messages.',
  'llm.prompts',
  'llm.choices',
  'llm.prompt_template.',
  'llm.tools.',
  'llm.function_call',
  'input.',
  'output.',
  'retrieval.documents.',
  'reranker.input_documents.',
  'reranker.output_documents.',
  'reranker.query',
  'embedding.',
  'tool.parameters',
  'tool_call.',
  'traceloop.entity.',
  'ai.prompt',
  'ai.response.',
  'ai.toolCall.'
] as const
const numberedPrompt = /^gen_ai\.prompt\.\d/
/** Says which model, not what was embedded. */
const embeddingModel = 'embedding.model_name'

/** Whether an attribute holds what was said, rather than something about it. */
export const isText = (name: string): boolean =>
  (textPrefixes.some((prefix) => name.startsWith(prefix)) && name !== embeddingModel) ||
  numberedPrompt.test(name)

/** Null where it says nothing. */
export function textsOf(attributes: Attributes, kind: string): SpanTexts | null {
  const input = inputMessages(attributes)
  const output = outputMessages(attributes)
  const asked = textOf(attributes, 'input.value', 'traceloop.entity.input')
  const answered = textOf(attributes, 'output.value', 'traceloop.entity.output')
  const given = attributes['gen_ai.tool.call.arguments'] ?? (kind === 'tool' ? asked : null)
  const result = attributes['gen_ai.tool.call.result'] ?? (kind === 'tool' ? answered : null)
  const documents = documentsOf(attributes)
  const query = textOf(attributes, 'gen_ai.retrieval.query.text') ?? (kind === 'retrieval' ? asked : null)
  const texts: SpanTexts = {
    ...(input.length > 0 && { 'gen_ai.input.messages': input }),
    ...(output.length > 0 && { 'gen_ai.output.messages': output }),
    ...(given !== null && { 'gen_ai.tool.call.arguments': jsonIn(given) }),
    ...(result !== null && { 'gen_ai.tool.call.result': jsonIn(result) }),
    ...(query !== null && { 'gen_ai.retrieval.query.text': query }),
    ...(documents.length > 0 && { 'gen_ai.retrieval.documents': documents }),
    // said again in the vendor's own words
    ...(input.length === 0 && given === null && query === null && asked !== null && { 'input.value': asked }),
    ...(output.length === 0 &&
      result === null &&
      documents.length === 0 &&
      answered !== null && { 'output.value': answered })
  }
  return Object.keys(texts).length === 0 ? null : texts
}

function documentsOf(attributes: Attributes): RetrievedDocument[] {
  const flattened = [
    ...listAt(attributes, 'retrieval.documents'),
    ...listAt(attributes, 'reranker.output_documents')
  ].map((document) => ({
    id: textOf(document, 'document.id') ?? idOf(countOf(document, 'document.id')),
    score: scoreOf(document['document.score']),
    content: written(document['document.content'])
  }))
  const listed = jsonIn(attributes['gen_ai.retrieval.documents'])
  if (!Array.isArray(listed)) return flattened
  return [...flattened, ...listed.map(listedDocument)]
}

function listedDocument(document: unknown): RetrievedDocument {
  if (typeof document !== 'object' || document === null)
    return { id: null, score: null, content: written(document) }
  const field = (name: string): unknown => Reflect.get(document, name)
  const id = field('id')
  return {
    id: id === undefined || id === null ? null : written(id),
    score: scoreOf(field('score')),
    content: written(field('content') ?? field('text'))
  }
}

const idOf = (id: number | null): string | null => (id === null ? null : String(id))
const scoreOf = (score: unknown): number | null => (typeof score === 'number' ? score : null)

/** What was asked of a span, as a body in the manner of chat completions where it was a chat; null where nothing was. */
export function requestOf(texts: SpanTexts | null, model: string | null): string | null {
  const messages = texts?.['gen_ai.input.messages']
  if (messages) return JSON.stringify({ ...(model !== null && { model }), messages })
  return texts?.['input.value'] ?? texts?.['gen_ai.retrieval.query.text'] ?? null
}

/** What came of it, to read. */
export function responseOf(texts: SpanTexts | null): string | null {
  const messages = texts?.['gen_ai.output.messages']
  if (!messages) return texts?.['output.value'] ?? null
  return messages.map(({ content, tool_calls }) => content || JSON.stringify(tool_calls ?? [])).join('\n\n')
}

/** The last thing a person said in it. */
export function questionOf(texts: SpanTexts | null): string | null {
  const last = texts?.['gen_ai.input.messages']?.findLast(({ role }) => role === 'user')
  return last?.content || (texts?.['input.value'] ?? null)
}
