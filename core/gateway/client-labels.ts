import type { IncomingHttpHeaders } from 'node:http'
import type { CallLabels } from '../contract/traces.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { TraceContext } from '../traces/new-trace.ts'
import { isRecord, type Json } from './dialects/json-fields.ts'

const MAX_LABEL = 80
const MAX_SESSION = 200
const MAX_TAGS = 20

type Labels = { [K in keyof CallLabels]?: CallLabels[K] }

/**
 * What headers say of a call: `x-homeport-feature`, `-project` and `-session`, and `x-homeport-tags` with commas between.
 * Null where they say nothing. Throws `bad-request` for what is too long to be kept.
 */
export function labelsOfHeaders(headers: IncomingHttpHeaders): Labels | null {
  const feature = labelOf(headers, 'x-homeport-feature', MAX_LABEL)
  const project = labelOf(headers, 'x-homeport-project', MAX_LABEL)
  const session = labelOf(headers, 'x-homeport-session', MAX_SESSION)
  const listed = headers['x-homeport-tags']
  if (feature === null && project === null && session === null && listed === undefined) return null
  const tags = tagsIn(String(listed ?? ''))
  if (tags.length > MAX_TAGS || tags.some((tag) => tag.length > MAX_LABEL))
    throw tooLong('x-homeport-tags', `${MAX_TAGS} tags of ${MAX_LABEL} characters`)
  return {
    ...(feature !== null && { feature }),
    ...(project !== null && { project }),
    ...(session !== null && { session }),
    ...(tags.length > 0 && { tags })
  }
}

/**
 * The same out of a request's `metadata`, as OpenAI's dialects have it: `feature`, `project`, `session` or `session_id`, and
 * `tags`. Of Anthropic's `user_id` the session that Claude Code writes into it. It is meant for the vendor in the first
 * place: what does not fit is left alone.
 */
export function labelsOfBody(body: Json): Labels | null {
  const { metadata } = body
  if (!isRecord(metadata)) return null
  const feature = fitting(metadata.feature, MAX_LABEL)
  const project = fitting(metadata.project, MAX_LABEL)
  const session =
    fitting(metadata.session ?? metadata.session_id, MAX_SESSION) ?? sessionOfUser(metadata.user_id)
  const tags = typeof metadata.tags === 'string' ? tagsIn(metadata.tags) : []
  const fittingTags = tags.filter((tag) => tag.length <= MAX_LABEL).slice(0, MAX_TAGS)
  if (feature === null && project === null && session === null && fittingTags.length === 0) return null
  return {
    ...(feature !== null && { feature }),
    ...(project !== null && { project }),
    ...(session !== null && { session }),
    ...(fittingTags.length > 0 && { tags: fittingTags })
  }
}

/** Headers win over what the body says. */
export function joinedLabels(ofBody: Labels | null, ofHeaders: Labels | null): CallLabels {
  return { feature: null, project: null, session: null, tags: [], ...ofBody, ...ofHeaders }
}

/** W3C trace context, https://www.w3.org/TR/trace-context/. As it asks for, one that is malformed is as if it were not there. */
export function traceContextOf({ traceparent }: IncomingHttpHeaders): TraceContext | null {
  if (typeof traceparent !== 'string') return null
  const parts = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-|$)/.exec(
    traceparent
  )
  const [, traceId, parentSpanId] = parts ?? []
  return traceId === undefined || parentSpanId === undefined ? null : { traceId, parentSpanId }
}

function labelOf(headers: IncomingHttpHeaders, name: string, limit: number): string | null {
  const value = headers[name]
  const text = (Array.isArray(value) ? value.join(',') : value)?.trim()
  if (!text) return null
  if (text.length > limit) throw tooLong(name, `${limit} characters`)
  return text
}

function fitting(value: unknown, limit: number): string | null {
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' || text.length > limit ? null : text
}

const sessionOfUser = (value: unknown): string | null =>
  typeof value === 'string' ? (/_session_([\w-]{8,64})$/.exec(value)?.[1] ?? null) : null

const tagsIn = (list: string): string[] => [
  ...new Set(
    list
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
  )
]

const tooLong = (header: string, most: string): HomeportError =>
  new HomeportError('bad-request', `The header ${header} takes at most ${most}.`, { param: header })
