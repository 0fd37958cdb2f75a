import { createHash } from 'node:crypto'
import { asArray, asObject, type JsonObject } from '../json.ts'
import type { ChatQuirks } from './vendor.ts'

/** The messages of a body as this vendor takes them; the very same list when nothing had to change. */
export function adaptMessages(
  messages: readonly unknown[],
  quirks: ChatQuirks,
  warnings: Set<string>
): readonly unknown[] {
  const adapted = mapChanged(messages, (value) => {
    const message = asObject(value)
    return message ? adaptMessage(message, quirks, warnings) : value
  })
  const marked = quirks.prefill === null ? adapted : markPrefill(adapted, quirks.prefill)
  const bridged = quirks.userAfterTool ? marked : bridge(marked)
  return quirks.repeatedRoles ? bridged : merge(systemFirst(bridged))
}

/** As `map`, but gives the same list when every item stayed the same. */
function mapChanged(list: readonly unknown[], change: (value: unknown) => unknown): readonly unknown[] {
  const mapped = list.map(change)
  return mapped.every((value, index) => value === list[index]) ? list : mapped
}

function adaptMessage(message: JsonObject, quirks: ChatQuirks, warnings: Set<string>): JsonObject {
  const changes: Record<string, unknown> = {}
  const { role } = message
  if (role === 'developer' && !quirks.developerRole) changes.role = 'system'
  for (const refused of quirks.refuses) {
    const member = refused.startsWith('messages.') ? refused.slice('messages.'.length) : null
    if (member === null || message[member] === undefined || (member === 'name' && role === 'tool')) continue
    changes[member] = undefined
    if (isWanted(member, message[member])) warnings.add(`${refused} was dropped`)
  }
  const calls = asArray(message.tool_calls)
  if (role === 'assistant' && calls.length > 0) {
    if (message.content === null && !quirks.nullContent) changes.content = ''
    if (quirks.replay === 'with-tool-calls' && typeof message.reasoning_content !== 'string') {
      changes.reasoning_content = ''
    }
  }
  if (quirks.toolCallIds === 'nine-alphanumerics') adaptIds(message, calls, changes)
  return Object.keys(changes).length === 0 ? message : withChanges(message, changes)
}

/** Members that are empty ask for nothing, and earlier reasoning is left out wherever it cannot be read. */
function isWanted(member: string, value: unknown): boolean {
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  return !isEmpty && !member.startsWith('reasoning')
}

function withChanges(message: JsonObject, changes: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(
    Object.entries({ ...message, ...changes }).filter(([, value]) => value !== undefined)
  )
}

function adaptIds(message: JsonObject, calls: readonly unknown[], changes: Record<string, unknown>): void {
  const adapted = mapChanged(calls, (value) => {
    const call = asObject(value)
    if (typeof call?.id !== 'string' || nineAlphanumerics(call.id) === call.id) return value
    return { ...call, id: nineAlphanumerics(call.id) }
  })
  if (adapted !== calls) changes.tool_calls = adapted
  const { tool_call_id: resultOf } = message
  if (typeof resultOf !== 'string') return
  const id = nineAlphanumerics(resultOf)
  if (id !== resultOf) changes.tool_call_id = id
}

/** An id as Mistral wants it. One that fits stays; any other gives the same nine characters each time. */
export function nineAlphanumerics(id: string): string {
  if (/^[a-zA-Z0-9]{9}$/.test(id)) return id
  return createHash('sha256').update(id).digest('hex').slice(0, 9)
}

/** Puts a word of the assistant between the result of a tool and a user who speaks next. */
function bridge(messages: readonly unknown[]): readonly unknown[] {
  const bridged = messages.flatMap((message, index) => {
    const needed = roleOf(message) === 'user' && roleOf(messages[index - 1]) === 'tool'
    return needed ? [{ role: 'assistant', content: 'Understood.' }, message] : [message]
  })
  return bridged.length === messages.length ? messages : bridged
}

function markPrefill(messages: readonly unknown[], mark: string): readonly unknown[] {
  const last = asObject(messages.at(-1))
  if (last?.role !== 'assistant' || last[mark] === true || asArray(last.tool_calls).length > 0)
    return messages
  return [...messages.slice(0, -1), { ...last, [mark]: true }]
}

/** Where roles must take turns, the system speaks before all others. */
function systemFirst(messages: readonly unknown[]): readonly unknown[] {
  const isSystem = (message: unknown) => roleOf(message) === 'system'
  const first = messages.findIndex((message) => !isSystem(message))
  if (first === -1 || !messages.slice(first).some(isSystem)) return messages
  return [...messages.filter(isSystem), ...messages.filter((message) => !isSystem(message))]
}

/** Joins what one role says in several messages. */
function merge(messages: readonly unknown[]): readonly unknown[] {
  const merged: unknown[] = []
  for (const message of messages) {
    const before = asObject(merged.at(-1))
    const next = asObject(message)
    const joins =
      before && next && before.role === next.role && (next.role === 'user' || next.role === 'system')
    if (joins) merged[merged.length - 1] = { ...before, content: joined(before.content, next.content) }
    else merged.push(message)
  }
  return merged.length === messages.length ? messages : merged
}

function joined(first: unknown, second: unknown): unknown {
  if (typeof first === 'string' && typeof second === 'string') return `${first}\n\n${second}`
  return [...asParts(first), ...asParts(second)]
}

const asParts = (content: unknown): readonly unknown[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : asArray(content)

const roleOf = (message: unknown): unknown => asObject(message)?.role
