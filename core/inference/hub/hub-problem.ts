import { HomeportError } from '../../errors/homeport-error.ts'
import { retryAfterSeconds } from '../../lib/retry-after.ts'

/** What was asked for, in words for the person. */
export interface HubSubject {
  host: string
  /** Null: the question was about no repository. */
  repo: string | null
  hasToken: boolean
}

/** The error of an answer that is no 2xx. See https://huggingface.co/docs/hub/en/api for `x-error-code`. */
export function hubProblem(
  { status, headers }: { status: number; headers: Readonly<Record<string, string>> },
  { host, repo, hasToken }: HubSubject
): HomeportError {
  const what = repo ?? 'what was asked for'
  const code = headers['x-error-code']
  if (code === 'GatedRepo' || status === 403) {
    return new HomeportError('not-allowed', `${what} is given only to those who agreed to its terms.`, {
      action: hasToken
        ? `Open ${host}/${repo ?? ''} with the account of your token, agree to the terms, and try again.`
        : `Open ${host}/${repo ?? ''}, agree to the terms, and give Homeport a token of that account in Settings.`,
      upstreamStatus: status
    })
  }
  // without a token, what does not exist is refused like what is private
  if (status === 401 && !hasToken) {
    return new HomeportError('not-found', `${host} has no ${what}, or shows it only to some accounts.`, {
      action: 'Check its name. If it is private, give Homeport a token of your account in Settings.',
      upstreamStatus: status
    })
  }
  if (status === 401) {
    return new HomeportError('not-allowed', `${host} does not accept your token.`, {
      action: 'Make a new one there, with the right to read, and save it in Settings.',
      upstreamStatus: status
    })
  }
  if (status === 404 || status === 410) {
    return new HomeportError(
      'not-found',
      `${host} has no ${code === 'EntryNotFound' ? 'such file in ' : ''}${what}.`,
      {
        action: 'Look for it again: it may have been renamed or removed.',
        upstreamStatus: status
      }
    )
  }
  if (status === 429) {
    const seconds = retryAfterSeconds(headers, Date.now())
    return new HomeportError('rate-limited', `${host} was asked too often.`, {
      action: hasToken
        ? 'Wait a few minutes.'
        : 'Wait a few minutes. With a token of your account it allows more.',
      retryable: true,
      upstreamStatus: status,
      ...(seconds !== null && { retryAfterSeconds: seconds })
    })
  }
  const isTemporary = status >= 500 || status === 408
  return new HomeportError(
    'upstream-failed',
    `${host} ${isTemporary ? 'cannot answer now' : 'refused the request'} (${status}).`,
    { retryable: isTemporary, upstreamStatus: status, ...(isTemporary && { action: 'Try again later.' }) }
  )
}

const reasons: readonly [codes: RegExp, reason: string][] = [
  [/^(ENOTFOUND|EAI_)/, 'its name could not be looked up; this machine may be offline'],
  [
    /^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/,
    'no network leads there; this machine may be offline'
  ],
  [/^ECONNREFUSED$/, 'nothing is listening there'],
  [/^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, 'it was silent for too long'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, 'the connection was cut'],
  [/CERT|ISSUER|SELF_SIGNED|UNABLE_TO/, 'its TLS certificate is not trusted on this machine'],
  [/^(EPROTO|ERR_SSL_)/, 'a secure connection (TLS) could not be made']
]

/** The error of a request that was not answered, or not to its end. It may go better the next time. */
export function hubUnreachable(host: string, error: unknown): HomeportError {
  if (error instanceof HomeportError) return error
  const proxy = /Proxy (?:response \(|Authentication Required \()(\d{3})\)/.exec(messageOf(error))?.[1]
  if (proxy !== undefined) {
    return new HomeportError(
      'upstream-unreachable',
      `The proxy does not let ${host} be reached (${proxy}).`,
      {
        action: 'Check HTTPS_PROXY, or name the host in NO_PROXY.',
        retryable: proxy !== '407' && proxy !== '403',
        cause: error
      }
    )
  }
  const code = codeOf(error) ?? ''
  const reason = reasons.find(([codes]) => codes.test(code))?.[1] ?? 'the connection failed'
  return new HomeportError('upstream-unreachable', `${host} cannot be reached: ${reason}.`, {
    action: 'Check the connection of this machine.',
    retryable: true,
    cause: error
  })
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')
