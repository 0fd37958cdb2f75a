/** A message of a chat begins near this, in every dialect that has roles. */
const MESSAGE_MARK = Buffer.from('"role"')
/** Smaller parts would cost more to look up and to compress than to keep again. */
export const MIN_PART_BYTES = 8 * 1024
const MAX_PART_BYTES = 32 * 1024

export interface CutBody {
  /** Of 8 to 32 KB. */
  parts: Buffer[]
  /** What is left at the end: less than a part. */
  rest: Buffer
}

/**
 * Cuts a body into parts, each of which is kept once. An agent sends its whole conversation again with every turn: cut
 * where messages begin, its parts are those of the turn before, also when something grew before them, and what is left is
 * what this turn added. Nothing ends within a character.
 */
export function cutIntoParts(body: Buffer): CutBody {
  const parts: Buffer[] = []
  let at = 0
  while (body.length - at >= MIN_PART_BYTES) {
    const end = endOfPart(body, at)
    parts.push(body.subarray(at, end))
    at = end
  }
  return { parts, rest: body.subarray(at) }
}

function endOfPart(body: Buffer, start: number): number {
  const latest = Math.min(start + MAX_PART_BYTES, body.length)
  const window = body.subarray(start + MIN_PART_BYTES, latest + MESSAGE_MARK.length)
  const mark = window.indexOf(MESSAGE_MARK)
  return mark === -1 ? startOfCharacter(body, latest) : start + MIN_PART_BYTES + mark
}

/** The bytes that go on with a UTF-8 character begin with the bits 10; there are at most three in a row. */
function startOfCharacter(body: Buffer, at: number): number {
  for (let start = at; start > at - 4; start--) {
    if (((body[start] ?? 0) & 0xc0) !== 0x80) return start
  }
  return at
}
