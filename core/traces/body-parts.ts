/** A message of a chat begins near this, in every dialect that has roles. */
const MESSAGE_MARK = Buffer.from('"role"')
/** What agents send after their conversation, as large as that and the same with every turn; `systemInstruction` too. */
const TAIL_MARKS = ['"system', '"tools"'].map((mark) => Buffer.from(mark))
/** Smaller parts would cost more to look up and to compress than to keep again. */
export const MIN_PART_BYTES = 8 * 1024
const MAX_PART_BYTES = 32 * 1024
/** 128 parts: a body's key has room for 254. */
const MAX_TAIL_BYTES = 1024 * 1024
/** Tools have parameters of that name, but not so many. */
const LOOKED_AT_MARKS = 100
/** What stands between messages, also where JSON is indented. */
const BRACKETS = new Set(Buffer.from('{}[], \r\n\t'))
const MAX_BRACKETS = 64

/** `parts`, `rest` and `tail` one after the other are the body. */
export interface CutBody {
  /** Of 8 to 32 KB. */
  parts: Buffer[]
  /** What is left at the end of the conversation: less than a part, and some brackets. */
  rest: Buffer
  /** Parts of what comes after the conversation, where that is a part at least; the last one has up to 40 KB. */
  tail: Buffer[]
}

/**
 * Cuts a body into parts, each of which is kept once. An agent sends its whole conversation again with every turn: cut
 * where messages end, its parts are those of the turn before, also when something grew before them, and what is left is what
 * this turn added. What comes after it is cut by itself, or each turn would move all of it on. Nothing ends within a
 * character.
 */
export function cutIntoParts(body: Buffer): CutBody {
  const lastMessage = lastMessageIn(body)
  const end = endOfConversation(body, lastMessage)
  const { parts, restAt } = cut(body.subarray(0, lastMessage === -1 ? end : endOfText(body, end)))
  const rest = body.subarray(restAt, end)
  const tail = cutWhole(body.subarray(end))
  return rest.length === 0 ? { parts: [...parts, ...tail], rest, tail: [] } : { parts, rest, tail }
}

/** The end of the body, unless something as large as a part follows the last message. */
function endOfConversation(body: Buffer, lastMessage: number): number {
  const from = Math.max(lastMessage + 1, body.length - MAX_TAIL_BYTES)
  const marks = TAIL_MARKS.map((mark) => body.indexOf(mark, from)).filter((at) => at !== -1)
  const end = Math.min(...marks, body.length)
  return body.length - end < MIN_PART_BYTES ? body.length : end
}

/** Where the last role is given; -1 where none is. */
function lastMessageIn(body: Buffer): number {
  let at = body.lastIndexOf(MESSAGE_MARK)
  for (let looked = 0; at > 0 && looked < LOOKED_AT_MARKS; looked++) {
    const value = at + MESSAGE_MARK.length
    if (/^\s*:\s*"/.test(body.toString('latin1', value, value + 4))) break
    at = body.lastIndexOf(MESSAGE_MARK, at - 1)
  }
  return at
}

function cutWhole(bytes: Buffer): Buffer[] {
  const { parts, restAt } = cut(bytes)
  const last = parts.pop()
  return last ? [...parts, bytes.subarray(restAt - last.length)] : []
}

function cut(bytes: Buffer): { parts: Buffer[]; restAt: number } {
  const parts: Buffer[] = []
  let at = 0
  while (bytes.length - at >= MIN_PART_BYTES) {
    const end = endOfPart(bytes, at)
    parts.push(bytes.subarray(at, end))
    at = end
  }
  return { parts, restAt: at }
}

function endOfPart(bytes: Buffer, start: number): number {
  const latest = Math.min(start + MAX_PART_BYTES, bytes.length)
  const window = bytes.subarray(start + MIN_PART_BYTES, latest + MESSAGE_MARK.length)
  const mark = window.indexOf(MESSAGE_MARK)
  if (mark === -1) return startOfCharacter(bytes, latest)
  return Math.max(start + MIN_PART_BYTES, endOfText(bytes, start + MIN_PART_BYTES + mark))
}

/** Without the brackets before it: those after the last message are others than those between two. */
function endOfText(bytes: Buffer, at: number): number {
  let end = at
  while (at - end < MAX_BRACKETS && BRACKETS.has(bytes[end - 1] ?? 0)) end--
  return end
}

/** The bytes that go on with a UTF-8 character begin with the bits 10; there are at most three in a row. */
function startOfCharacter(body: Buffer, at: number): number {
  for (let start = at; start > at - 4; start--) {
    if (((body[start] ?? 0) & 0xc0) !== 0x80) return start
  }
  return at
}
