import { HomeportError } from '../../errors/homeport-error.ts'
import type { ProviderOption } from '../spec/provider.ts'

export const headersOption: ProviderOption = {
  name: 'headers',
  label: 'Extra headers',
  hint: 'One a line, such as X-Team: research. {key} stands for the saved key, which is then sent there alone.',
  required: false
}

/** Headers that say how a request is framed and whom it is for, which is not the person's to say. */
const ours =
  /^(host|connection|content-length|content-type|transfer-encoding|accept|accept-encoding|te|upgrade|expect)$/
const headerName = /^[!#$%&'*+.^_`|~\w-]+$/
const headerValue = /^[\x20-\x7e]*$/

/**
 * The headers of lines `Name: value`, names in lower case. Throws `bad-request` naming the line; its value may be a secret,
 * and is not repeated.
 */
export function readExtraHeaders(lines: string, key: string | null): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [index, line] of lines.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (colon < 1 || !headerName.test(name) || !headerValue.test(value)) {
      throw refuse(`Line ${index + 1} of the extra headers is not written as Name: value.`)
    }
    if (ours.test(name)) throw refuse(`The header ${name} cannot be set.`)
    headers[name] = value.replaceAll('{key}', key ?? '')
  }
  return headers
}

/** Whether the lines say themselves where the key goes. */
export const placesKey = (lines: string): boolean => lines.includes('{key}')

function refuse(message: string): HomeportError {
  return new HomeportError('bad-request', message, { param: 'options.headers' })
}
