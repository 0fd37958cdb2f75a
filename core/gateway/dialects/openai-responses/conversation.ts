import { HomeportError } from '../../../errors/homeport-error.ts'
import { isRecord, type Json } from '../json-fields.ts'
import { isHomeportId } from './homeport-ids.ts'
import { isForeign } from './signature.ts'

/** The turns that a key's clients may refer back to. */
export interface EarlierTurns {
  /** The turns up to and with a response, oldest first; null where one of them is gone. */
  conversation(responseId: string): { input: readonly Json[]; response: Json }[] | null
  findItem(itemId: string): Json | null
  belongsToAnother(responseId: string): boolean
}

/** All that was said so far. */
export interface Conversation {
  /** Null where earlier turns are known to an upstream only. */
  items: readonly Json[] | null
  /** The items of this request, references replaced as far as they are known. */
  own: readonly Json[]
  /** What an upstream of the same dialect must be told instead of the client's own `input`; null where that will do. */
  wireInput: readonly Json[] | null
  /** An upstream of the same dialect knows the previous response itself. */
  keepsPrevious: boolean
}

/**
 * Puts together what a request refers back to. A previous response that was made here is spelled out; of one that an
 * upstream made, that upstream is told the id, and all others what is kept of it. Throws `not-found`.
 */
export function resolveConversation(
  items: readonly Json[],
  previousId: string | null,
  earlier: EarlierTurns
): Conversation {
  const history = previousId === null ? [] : readHistory(previousId, earlier)
  const own = items.map((item) => resolveItem(item, earlier))
  const spellsOut = previousId !== null && isHomeportId(previousId)
  const isRewritten = spellsOut || items.some(isMadeHere)
  const wireItems = [
    ...(spellsOut ? (history ?? []) : []),
    ...own.map((item, at) => unresolved(items[at], item))
  ]
  return {
    items: history && [...history, ...own],
    own,
    wireInput: isRewritten ? wireItems.flatMap(toWireItem) : null,
    keepsPrevious: previousId !== null && !spellsOut
  }
}

/** Null where only the upstream that made it knows it. */
function readHistory(previousId: string, earlier: EarlierTurns): Json[] | null {
  if (earlier.belongsToAnother(previousId)) throw previousNotFound(previousId)
  const turns = earlier.conversation(previousId)
  if (turns === null && isHomeportId(previousId)) throw previousNotFound(previousId)
  if (turns === null) return null
  return turns.flatMap(({ input, response }) => [
    ...input,
    ...(Array.isArray(response.output) ? response.output.filter(isRecord) : [])
  ])
}

/** A reference becomes its item; reasoning that was sent without its encrypted content gets it back. */
function resolveItem(item: Json, earlier: EarlierTurns): Json {
  const { id } = item
  if (typeof id !== 'string') return item
  if (item.type === 'item_reference') {
    const found = earlier.findItem(id)
    if (found === null && isHomeportId(id)) throw itemNotFound(id)
    return found ?? item
  }
  const isBare = item.type === 'reasoning' && typeof item.encrypted_content !== 'string'
  return isBare ? { ...item, ...earlier.findItem(id) } : item
}

const isMadeHere = ({ id, encrypted_content: encrypted }: Json): boolean =>
  isHomeportId(id) || isForeign(encrypted)

/** What an upstream knows by its id stays a reference. */
function unresolved(item: Json | undefined, found: Json): Json {
  return item?.type === 'item_reference' && !isHomeportId(item.id) ? item : found
}

const plainItems: ReadonlySet<unknown> = new Set([
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output'
])

/** An item as an upstream takes it that did not make it: without an id, and without reasoning that it cannot read. */
function toWireItem(item: Json): Json[] {
  if (!plainItems.has(item.type)) return [item]
  const { encrypted_content: encrypted } = item
  if (item.type === 'reasoning' && (typeof encrypted !== 'string' || isForeign(encrypted))) return []
  const { id: _, status: __, ...wire } = item
  return [wire]
}

export function previousNotFound(id: string): HomeportError {
  const message = `Previous response with id '${id}' not found.`
  const param = 'previous_response_id'
  const error = { message, type: 'invalid_request_error', param, code: 'previous_response_not_found' }
  // clients start their conversation anew when they see OpenAI's own code
  return new HomeportError('not-found', message, {
    status: 400,
    param,
    wire: { dialect: 'openai-chat', body: { error } }
  })
}

function itemNotFound(id: string): HomeportError {
  return new HomeportError('not-found', `Item with id '${id}' not found.`, { param: 'input' })
}
