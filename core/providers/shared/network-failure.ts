import { HomeportError } from '../../errors/homeport-error.ts'

/** What a connection failed of, by the error code of Node, OpenSSL or undici. `sent`: the request may have arrived. */
const reasons: readonly { codes: RegExp; reason: string; sent: boolean }[] = [
  { codes: /^ECONNREFUSED$/, reason: 'nothing is listening there (connection refused)', sent: false },
  { codes: /^ENOTFOUND$/, reason: 'there is no such host', sent: false },
  { codes: /^EAI_/, reason: 'the name could not be looked up; this machine may be offline', sent: false },
  { codes: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, reason: 'no network leads there', sent: false },
  {
    codes: /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/,
    reason: 'connecting took too long (timeout)',
    sent: false
  },
  {
    codes: /^UND_ERR_HEADERS_TIMEOUT$/,
    reason: 'it accepted the request but did not answer in time (timeout)',
    sent: true
  },
  { codes: /^UND_ERR_BODY_TIMEOUT$/, reason: 'it fell silent for too long (timeout)', sent: true },
  {
    codes: /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/,
    reason: 'it closed the connection',
    sent: true
  },
  { codes: /^CERT_HAS_EXPIRED$/, reason: 'its TLS certificate has expired', sent: false },
  { codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/, reason: 'its TLS certificate is for another host', sent: false },
  {
    codes: /CERT|ISSUER|SELF_SIGNED|UNABLE_TO/,
    reason: 'its TLS certificate is not trusted on this machine',
    sent: false
  },
  { codes: /^(EPROTO|ERR_SSL_.*)$/, reason: 'a secure connection (TLS) could not be made', sent: false },
  { codes: /^HTTPParserError$/, reason: 'what it answers is not HTTP', sent: true }
]

/** The error of a request that got no response head. `host` as in the URL, with the port. */
export function unreachable(host: string, error: unknown): HomeportError {
  if (error instanceof HomeportError) return error
  const known = reasonOf(error)
  return new HomeportError(
    'upstream-unreachable',
    `${host} cannot be reached: ${known?.reason ?? 'the connection failed'}.`,
    {
      action: 'Check the address of the provider, and that its server runs.',
      // what may have arrived may have been billed: only the caller can decide to send it again
      retryable: known ? !known.sent : false,
      cause: error
    }
  )
}

/** The error of an answer that began and did not come to its end. */
export function brokenOff(host: string, error?: unknown): HomeportError {
  if (error instanceof HomeportError) return error
  const known = reasonOf(error)
  return new HomeportError(
    'upstream-failed',
    `${host} broke off its answer${known ? `: ${known.reason}` : ''}.`,
    error === undefined ? {} : { cause: error }
  )
}

function reasonOf(error: unknown) {
  const code = codeOf(error)
  return code === null ? undefined : reasons.find(({ codes }) => codes.test(code))
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if (error.name === 'HTTPParserError') return error.name // its code may be missing
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}
