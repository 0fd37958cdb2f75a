import { HomeportError } from '../../errors/homeport-error.ts'
import { classifyHost } from '../../lib/address-policy.ts'

/** Ends of addresses that people paste from a vendor's curl example. */
const ENDPOINT = /\/(chat\/completions|completions|responses|embeddings|models)$/

/**
 * The base URL of an OpenAI-compatible server: what people paste, tidied, `/v1` added where no path is given. The same
 * parser as for the requests reads it, so odd spellings of an address (`127.1`, `0x7f.1`) are judged by what they mean.
 * Throws `bad-request` for what is no such address, for plain http to the internet, and for addresses no model server has.
 */
export function normalizeBaseUrl(input: string): string {
  const url = parse(input.trim())
  if (url.username !== '' || url.password !== '') {
    throw refuse('The address must not hold a user name or password.', 'Save the key in its own field.')
  }
  if (url.search !== '' || url.hash !== '') throw refuse('The address must not hold “?” or “#”.')

  const reach = classifyHost(url.hostname)
  if (reach === 'forbidden') {
    throw refuse(
      `${url.hostname} cannot be the address of a model server.`,
      'For a server on this machine use 127.0.0.1.'
    )
  }
  if (reach === 'public' && url.protocol !== 'https:') {
    throw refuse(
      `A key sent to ${url.hostname} over plain http could be read on the way.`,
      'Write https://, or use an address of your own network.'
    )
  }
  // ports below 1024 are other services' (mail, ssh, ...), which an HTTP request could be made to talk to
  if (url.port !== '' && Number(url.port) < 1024 && url.port !== '80' && url.port !== '443') {
    throw refuse(`Port ${url.port} belongs to another kind of service.`)
  }
  const path = url.pathname.replace(/\/+$/, '').replace(ENDPOINT, '').replace(/\/+$/, '')
  return `${url.origin}${path === '' ? '/v1' : path}`
}

function parse(input: string): URL {
  const schemed = /^[a-z][a-z0-9+.-]*:\/\//i.test(input)
  const bare = URL.parse(schemed ? input : `https://${input}`)
  if (!bare || bare.hostname === '')
    throw refuse('This is not an address.', 'Write it like https://api.example.com/v1.')
  if (bare.protocol !== 'http:' && bare.protocol !== 'https:') {
    throw refuse('Only http:// and https:// addresses can be used.')
  }
  if (schemed) return bare
  // local servers rarely speak TLS; parsed anew, as the default port differs
  const local = classifyHost(bare.hostname) !== 'public'
  return local ? (URL.parse(`http://${input}`) ?? bare) : bare
}

function refuse(message: string, action?: string): HomeportError {
  return new HomeportError('bad-request', message, { param: 'baseUrl', ...(action && { action }) })
}
