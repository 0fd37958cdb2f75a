import { HomeportError } from '../../errors/homeport-error.ts'
import { newId } from '../../lib/ids.ts'
import { asArray, asObject, asText, parseJson } from '../shared/json.ts'
import { reportedError } from '../shared/upstream-error.ts'
import type { ChatEvent, ChatPart } from '../spec/chat.ts'
import { readStopReason } from './stop-reason.ts'
import { readUsage } from './usage.ts'

/** The one event of a plain answer. Throws `upstream-failed` for a body that is no message. */
export function readMessage(text: string, host: string, key: string | null): ChatEvent {
  const body = asObject(parseJson(text))
  if (body?.type === 'error') throw reportedError(host, body, key, 'anthropic-messages')
  if (!body || !Array.isArray(body.content)) {
    throw new HomeportError('upstream-failed', `${host} answered with something that is no message.`)
  }
  const parts: ChatPart[] = []
  const model = asText(body.model)
  if (model !== null) parts.push({ type: 'served-model', model })
  let calls = 0
  for (const block of asArray(body.content)) {
    const read = readBlock(block, calls)
    if (read.some(({ type }) => type === 'tool-call-start')) calls++
    parts.push(...read)
  }
  const finish = readStopReason(body)
  if (finish) parts.push(finish)
  const usage = readUsage(body.usage)
  if (usage) parts.push({ type: 'usage', usage })
  return { parts, wire: text }
}

/** Blocks of the vendor's own tools (`server_tool_use`, their results) mean nothing here; they stay in the wire form. */
function readBlock(value: unknown, calls: number): ChatPart[] {
  const block = asObject(value)
  switch (block?.type) {
    case 'text': {
      const text = asText(block.text)
      return text === null ? [] : [{ type: 'text-delta', text }]
    }
    case 'thinking': {
      const text = asText(block.thinking)
      const value = asText(block.signature)
      return [
        ...(text === null ? [] : [{ type: 'reasoning-delta' as const, text }]),
        ...(value === null ? [] : [signed(value)])
      ]
    }
    case 'redacted_thinking': {
      const value = asText(block.data)
      return value === null ? [] : [{ ...signed(value), redacted: true }]
    }
    case 'tool_use': {
      const start = readCallStart(block.id, block.name, calls)
      const delta = {
        type: 'tool-call-delta' as const,
        index: calls,
        arguments: JSON.stringify(block.input ?? {})
      }
      return [start, delta]
    }
    default:
      return []
  }
}

export function signed(value: string) {
  return { type: 'reasoning-signature' as const, signature: { vendor: 'anthropic' as const, value } }
}

export function readCallStart(id: unknown, name: unknown, index: number) {
  return {
    type: 'tool-call-start' as const,
    index,
    id: asText(id) ?? `toolu_${newId()}`,
    name: asText(name) ?? ''
  }
}
