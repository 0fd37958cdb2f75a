import { HomeportError } from '../../../errors/homeport-error.ts'

/** Where the bytes of a field's value lie in a body. */
export interface FieldPlace {
  value: string
  start: number
  end: number
}

const maxParts = 64
const maxHeaderBytes = 8 * 1024
const lineEnd = Buffer.from('\r\n')
const blankLine = Buffer.from('\r\n\r\n')

/**
 * Finds a field (no file) in a multipart/form-data body without touching the rest of it. Null when it is absent. Throws
 * `bad-request` for a body that is none, and for a field that occurs twice: readers differ in which one they take.
 * Format: RFC 7578 and RFC 2046, 5.1.
 */
export function findField(body: Buffer, contentType: string, name: string): FieldPlace | null {
  let found: FieldPlace | null = null
  for (const { headers, start, end } of partsOf(body, boundaryOf(contentType))) {
    const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(headers)?.[1] ?? ''
    if (parameterOf(disposition, 'name') !== name) continue
    if (found !== null || parameterOf(disposition, 'filename') !== null) {
      throw new HomeportError('bad-request', `"${name}" must be one field, and no file.`, { param: name })
    }
    found = { value: body.toString('utf8', start, end), start, end }
  }
  return found
}

/** The body with another value in a field's place, and every other byte as it was. */
export function withField(body: Buffer, { start, end }: FieldPlace, value: string): Buffer {
  return Buffer.concat([body.subarray(0, start), Buffer.from(value), body.subarray(end)])
}

function boundaryOf(contentType: string): string {
  const boundary = parameterOf(contentType, 'boundary')
  if (boundary === null || boundary === '' || boundary.length > 70) throw malformed()
  return boundary
}

/** A parameter of a header, quoted or not. */
function parameterOf(header: string, name: string): string | null {
  const match = new RegExp(`(?:^|[;\\s])${name}=(?:"([^"]*)"|([^\\s;"]+))`, 'i').exec(header)
  return match?.[1] ?? match?.[2] ?? null
}

function* partsOf(
  body: Buffer,
  boundary: string
): Generator<{ headers: string; start: number; end: number }> {
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  // the first delimiter may stand at the very beginning, without a line end before it
  let at = body.indexOf(delimiter.subarray(2))
  if (at !== 0 && (at === -1 || body.toString('latin1', at - 2, at) !== '\r\n')) throw malformed()
  at += delimiter.length - 2
  for (let parts = 0; body.toString('latin1', at, at + 2) !== '--'; parts++) {
    if (parts === maxParts || !startsAt(body, lineEnd, at)) throw malformed()
    const headerEnd = body.subarray(at, at + maxHeaderBytes).indexOf(blankLine)
    if (headerEnd === -1) throw malformed()
    const start = at + headerEnd + blankLine.length
    // from the blank line on, since an empty value has the delimiter's line end right there
    const end = body.indexOf(delimiter, start - lineEnd.length)
    if (end === -1) throw malformed()
    yield { headers: body.toString('utf8', at, at + headerEnd), start, end: Math.max(start, end) }
    at = end + delimiter.length
  }
}

const startsAt = (body: Buffer, bytes: Buffer, at: number): boolean =>
  body.subarray(at, at + bytes.length).equals(bytes)

function malformed(): HomeportError {
  return new HomeportError('bad-request', 'The body is not valid multipart/form-data.')
}
