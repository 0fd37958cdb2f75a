/** Fields that hold secrets or what people wrote. `keyId`, `inputTokens` or `promptLength` are none of these. */
const privateName =
  /(^|[a-z_-])(key|token|secret|password|passphrase|authorization|cookie|prompt|messages|content|body|text|input|output)$/i
/** Credentials by their looks: ours, the usual vendors', and whatever stands in an Authorization header. */
const credential = /\b(?:hp[sc]?_|sk-|pk-|gsk_|xai-|AIza|ghp_)[\w-]{8,}|\bBearer\s+\S+/g
const DEEPEST = 6
const LONGEST_TEXT = 2000

/**
 * A copy of log fields without what must not be in a log. A second line of defence: callers do not put it there. Numbers
 * and yes or no stay under any name, so that counts of tokens can be logged.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(credential, '[redacted]').slice(0, LONGEST_TEXT)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return '[deep]'
  if (value instanceof Error) return redactError(value, depth)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      privateName.test(name) && (typeof item === 'string' || typeof item === 'object') && item !== null
        ? '[redacted]'
        : redact(item, depth + 1)
    ])
  )
}

function redactError(error: Error, depth: number): unknown {
  return redact(
    {
      name: error.name,
      message: error.message,
      ...('code' in error ? { code: error.code } : {}),
      stack: error.stack?.split('\n').slice(1, 8),
      ...(error.cause === undefined ? {} : { cause: error.cause })
    },
    depth + 1
  )
}
