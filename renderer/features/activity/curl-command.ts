import type { Trace } from '../../../core/contract/traces.ts'
import { shellQuote } from '../../components/format/shell.ts'
import { isRecord, type Json, textOf } from './texts/prompt-parts.ts'

/** One argument may have 128 KiB on Linux; what is longer comes in as a document. Quoting makes it longer still. */
const LONGEST_ARGUMENT = 60_000
const BEARER = 'Authorization: Bearer $HOMEPORT_KEY'

interface Address {
  path: string
  /** The header that carries the key, which the shell puts in. */
  credential: string
  headers?: string[]
}

type Call = Pick<Trace, 'dialect' | 'model' | 'stream' | 'source' | 'requestBody' | 'bodiesTruncated'>

const bearer = (path: string): Address => ({ path, credential: BEARER })

/** Where a dialect's requests go. Those that are no JSON (sound, files) are not among them. */
const addresses: Readonly<Record<string, (call: Call) => Address>> = {
  'openai-chat': () => bearer('/v1/chat/completions'),
  'openai-completions': () => bearer('/v1/completions'),
  'openai-responses': () => bearer('/v1/responses'),
  'openai-embeddings': () => bearer('/v1/embeddings'),
  'openai-images': () => bearer('/v1/images/generations'),
  'openai-moderations': () => bearer('/v1/moderations'),
  rerank: () => bearer('/v1/rerank'),
  'anthropic-messages': () => ({
    path: '/v1/messages',
    credential: 'x-api-key: $HOMEPORT_KEY',
    headers: ['anthropic-version: 2023-06-01']
  }),
  'google-generate': ({ model, stream }) => ({
    path: `/v1beta/models/${encodeURIComponent(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    credential: 'x-goog-api-key: $HOMEPORT_KEY'
  }),
  'ollama-chat': () => bearer('/api/chat'),
  'ollama-generate': () => bearer('/api/generate')
}

/**
 * The call again, as a command of a POSIX shell. The key stays in `$HOMEPORT_KEY`. Null where what was asked was not kept as
 * a whole, was no JSON, or did not come through the gateway.
 */
export function curlCommand(call: Call, baseUrl: string): string | null {
  if ((call.source ?? 'gateway') !== 'gateway') return null
  const address = Object.hasOwn(addresses, call.dialect) ? addresses[call.dialect]?.(call) : undefined
  const body = call.bodiesTruncated ? null : bodyOf(call)
  if (!address || body === null) return null
  const lines = [
    `curl ${call.stream ? '-N ' : ''}${shellQuote(baseUrl + address.path)}`,
    `-H "${address.credential}"`,
    ...[...(address.headers ?? []), 'Content-Type: application/json'].map(
      (header) => `-H ${shellQuote(header)}`
    )
  ]
  return body.length > LONGEST_ARGUMENT
    ? `${[...lines, `--data-binary @- <<'HOMEPORT'`].join(' \\\n  ')}\n${body}\nHOMEPORT`
    : [...lines, `--data-raw ${shellQuote(body)}`].join(' \\\n  ')
}

function bodyOf({ requestBody, model, stream }: Call): string | null {
  const json = parsed(requestBody)
  if (!json) return null
  return isOwn(json) ? JSON.stringify(asChatCompletion(json, model, stream)) : requestBody
}

function parsed(body: string | null): Json | null {
  try {
    const json: unknown = JSON.parse(body ?? '')
    return isRecord(json) ? json : null
  } catch {
    return null
  }
}

/** What the app's own chat asked was kept in a form of its own. */
const isOwn = ({ unmapped, output, messages }: Json): boolean =>
  Array.isArray(unmapped) && output !== undefined && Array.isArray(messages)

function asChatCompletion({ messages, temperature, maxTokens }: Json, model: string, stream: boolean): Json {
  return {
    model,
    stream,
    messages: [messages]
      .flat()
      .filter(isRecord)
      .map(({ role, content }) => ({
        role,
        content: [content]
          .flat()
          .filter(isRecord)
          .map(({ text }) => textOf(text))
          .join('\n')
      })),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_tokens: maxTokens })
  }
}
