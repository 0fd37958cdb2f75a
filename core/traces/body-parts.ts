/** A message of a chat begins near this, in every dialect that has roles. */
const MESSAGE_MARK = Buffer.from('"role"')
/** Smaller parts would cost more to look up than to compress. */
const MIN_PART_BYTES = 8 * 1024
const MAX_PART_BYTES = 32 * 1024

/**
 * Cuts a body into parts of 8 to 32 KB, each of which is kept once. An agent sends its whole conversation again with every
 * turn: cut where messages begin, most parts are those of the turn before, also when something grew before them. No part
 * ends within a character.
 */
export function cutIntoParts(body: Buffer): Buffer[] {
  const parts: Buffer[] = []
  let at = 0
  while (body.length - at >= 2 * MIN_PART_BYTES) {
    const end = endOfPart(body, at)
    parts.push(body.subarray(at, end))
    at = end
  }
  parts.push(body.subarray(at))
  return parts
}

function endOfPart(body: Buffer, start: number): number {
  const latest = Math.min(start + MAX_PART_BYTES, body.length - MIN_PART_BYTES)
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
