import { HomeportError } from '../../errors/homeport-error.ts'
import { parseJson } from './json.ts'
import { MAX_ERROR_BYTES, type Reply, readWhole } from './upstream-call.ts'
import { errorInAnswer } from './upstream-error.ts'

export interface WantedForm {
  stream: boolean
  /** What a right answer is: `a chat completion`. */
  what: string
  /** The error that an answer in one piece holds, if any. */
  reported?: (host: string, body: unknown, key: string | null) => HomeportError | null
}

/** Throws for an answer in another form than was asked for: a log-in page, or an error object with status 200. */
export async function checkAnswerForm(
  reply: Reply,
  { stream, what, reported = errorInAnswer }: WantedForm
): Promise<void> {
  const { response, host, key } = reply
  const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (stream && type === 'application/json') {
    const body = parseJson(await readWhole(reply, MAX_ERROR_BYTES))
    const inOnePiece = `${host} answered in one piece although a stream was asked for.`
    throw reported(host, body, key) ?? new HomeportError('upstream-failed', inOnePiece)
  }
  if (type !== 'text/html' && (stream || type !== 'text/event-stream')) return
  response.body.destroy()
  const form = type === 'text/html' ? 'a web page' : 'a stream'
  throw new HomeportError('upstream-failed', `${host} answered with ${form} instead of ${what}.`, {
    action: 'Check the base URL of the provider; a network that asks to sign in can be the cause too.'
  })
}
