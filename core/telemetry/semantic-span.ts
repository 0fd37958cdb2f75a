import type { Span } from '../contract/traces.ts'
import type { Usage } from '../contract/usage.ts'
import type { Attributes, AttributeValue, OtlpSpan } from './otlp-span.ts'
import { jsonIn, listAt, textOf } from './semantic-attributes.ts'
import { kindOf } from './semantic-kind.ts'
import { isText, questionOf, requestOf, responseOf, textsOf } from './semantic-texts.ts'
import { usageOf } from './semantic-usage.ts'

/** OpenTelemetry's own limits are 128 attributes, of any length. */
const MAX_ATTRIBUTES = 256
const MAX_ATTRIBUTE_CHARS = 2000
const MAX_NOTE_CHARS = 300
const MAX_NAME_CHARS = 300
const MAX_LABEL_CHARS = 80
const MAX_SESSION_CHARS = 200
const MAX_TAGS = 20

/** A span of another program, in our terms. */
export interface MappedSpan {
  traceId: string
  /** Its times are microseconds since 1970, UTC. */
  span: Span
  /** Null unless it asked a model. */
  call: MappedCall | null
  labels: { feature: string | null; project: string | null; session: string | null; tags: string[] }
  /** `SpanTexts` as JSON; null where it has none, and where they are not to be kept. */
  texts: string | null
  request: string | null
  response: string | null
  /** What a person asked. */
  question: string | null
}

export interface MappedCall {
  provider: string | null
  /** As asked for. */
  model: string
  /** Who answered. */
  providerModel: string
  usage: Usage | null
}

/** Reads a span by the conventions of OpenTelemetry for generative AI, or of OpenInference. */
export function mapSpan(sent: OtlpSpan, withTexts: boolean): MappedSpan {
  const attributes = withDetails(sent)
  const kind = kindOf(attributes)
  const texts = withTexts ? textsOf(attributes, kind) : null
  const call = kind === 'provider' ? callOf(attributes) : null
  return {
    traceId: sent.traceId,
    span: {
      id: sent.id,
      parentId: sent.parentId,
      name: sent.name.slice(0, MAX_NAME_CHARS),
      kind,
      startUs: sent.startUs,
      durationUs: Math.max(0, sent.endUs - sent.startUs),
      status: sent.failed ? 'error' : 'ok',
      note: sent.failed ? failureOf(sent) : noteOf(attributes),
      firstTokenUs: firstTokenOf(sent, attributes),
      attributes: plainAttributes(attributes)
    },
    call,
    labels: labelsOf(attributes, sent.resource),
    texts: texts && JSON.stringify(texts),
    request: requestOf(texts, call?.model ?? null),
    response: responseOf(texts),
    question: questionOf(texts)
  }
}

/** Messages may come in an event of the span instead of in the span. */
function withDetails({ attributes, events }: OtlpSpan): Attributes {
  const details = events.find(({ name }) => name === 'gen_ai.client.inference.operation.details')
  return details ? { ...details.attributes, ...attributes } : attributes
}

function callOf(attributes: Attributes): MappedCall | null {
  const asked = textOf(attributes, 'gen_ai.request.model', 'llm.model_name', 'embedding.model_name')
  const answered = textOf(attributes, 'gen_ai.response.model')
  const model = asked ?? answered
  if (model === null) return null
  const provider = textOf(attributes, 'gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'llm.system')
  return {
    provider: provider && cut(provider.toLowerCase(), 40),
    model: cut(model, MAX_NAME_CHARS),
    providerModel: cut(answered ?? model, MAX_NAME_CHARS),
    usage: usageOf(attributes)
  }
}

function failureOf({ statusMessage, events }: OtlpSpan): string | null {
  const thrown = events.findLast(({ name }) => name === 'exception')
  const said =
    statusMessage || (thrown ? textOf(thrown.attributes, 'exception.message', 'exception.type') : null)
  return said && cut(said, MAX_NOTE_CHARS)
}

/** Why a model stopped, or how many documents were found. */
function noteOf(attributes: Attributes): string | null {
  const reasons = jsonIn(attributes['gen_ai.response.finish_reasons'])
  if (Array.isArray(reasons) && reasons.length > 0) return cut(reasons.join(', '), MAX_NOTE_CHARS)
  const documents = listAt(attributes, 'retrieval.documents').length
  return documents > 0 ? `${documents} documents` : null
}

/** Microseconds since 1970. Said in seconds by one convention, by an event in others. */
function firstTokenOf({ startUs, events }: OtlpSpan, attributes: Attributes): number | null {
  const seconds = attributes['gen_ai.response.time_to_first_chunk']
  if (typeof seconds === 'number' && seconds >= 0) return startUs + Math.round(seconds * 1_000_000)
  const first = events.find(({ name }) => /^(First Token Stream Event|ai\.stream\.firstChunk)$/.test(name))
  return first && first.timeUs >= startUs ? first.timeUs : null
}

/** What is no text, in bounds. */
function plainAttributes(attributes: Attributes): Record<string, unknown> {
  const plain = Object.entries(attributes).filter(([name]) => !isText(name))
  return Object.fromEntries(plain.slice(0, MAX_ATTRIBUTES).map(([name, value]) => [name, bounded(value)]))
}

function bounded(value: AttributeValue): AttributeValue {
  if (typeof value === 'string') return cut(value, MAX_ATTRIBUTE_CHARS)
  if (typeof value !== 'object' || value === null) return value
  const json = JSON.stringify(value)
  return json.length <= MAX_ATTRIBUTE_CHARS ? value : cut(json, MAX_ATTRIBUTE_CHARS)
}

function labelsOf(attributes: Attributes, resource: Attributes): MappedSpan['labels'] {
  const program = textOf(resource, 'service.name')
  const tags = jsonIn(attributes['tag.tags'])
  const label = (text: string | null): string | null => text && cut(text, MAX_LABEL_CHARS)
  const session = textOf(attributes, 'gen_ai.conversation.id', 'session.id')
  return {
    feature: label(
      textOf(attributes, 'homeport.feature') ??
        textOf(resource, 'homeport.feature') ??
        (program?.startsWith('unknown_service') ? null : program)
    ),
    project: label(
      textOf(attributes, 'homeport.project') ??
        textOf(resource, 'homeport.project', 'openinference.project.name')
    ),
    session: session && cut(session, MAX_SESSION_CHARS),
    tags: (Array.isArray(tags) ? tags : [])
      .filter((tag) => typeof tag === 'string')
      .slice(0, MAX_TAGS)
      .map((tag) => cut(tag, MAX_LABEL_CHARS))
  }
}

/** Never through the middle of a character. */
const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : text.slice(0, limit).toWellFormed()
