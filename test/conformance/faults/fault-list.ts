import {
  cutInTheMiddle,
  enormousLine,
  invalidUtf8,
  type Misbehave,
  malformed,
  refuse,
  stalledBeforeFirst,
  stalledInTheMiddle,
  unknownEvents,
  webPage
} from './faulty-upstream.ts'

/** What a client sees, and whether the next target of an alias answers instead. */
interface Expected {
  /**
   * A status; `cut`: an error ends a stream that has begun to answer; `told`: either, since what opens a stream may have been
   * handed on before there was a word; `answered`: no harm was done.
   */
  seen: number | 'cut' | 'told' | 'answered'
  fallsBack: boolean
}
export interface Fault {
  name: string
  /** Where to send the call; without it a server takes it, and misbehaves. */
  address?: 'closed-port' | 'unknown-host' | 'no-tls'
  misbehave?: Misbehave
  /** It says nothing, so that only a time limit ends it. */
  isSilent?: boolean
  expected: Expected
  /** Where a stream is another matter. */
  streamed?: Expected
}

const another = (seen: Expected['seen']): Expected => ({ seen, fallsBack: true })
const final = (seen: Expected['seen']): Expected => ({ seen, fallsBack: false })

export const faults: readonly Fault[] = [
  { name: 'a refused connection', address: 'closed-port', expected: another(502) },
  { name: 'a host that nobody knows', address: 'unknown-host', expected: another(502) },
  { name: 'a TLS failure', address: 'no-tls', expected: another(502) },
  { name: '401', misbehave: refuse(401), expected: another(502) },
  { name: '403', misbehave: refuse(403), expected: another(502) },
  { name: '404 for the model', misbehave: refuse(404), expected: another(404) },
  { name: '408', misbehave: refuse(408), expected: another(502) },
  { name: '413', misbehave: refuse(413), expected: final(413) },
  { name: '429 without Retry-After', misbehave: refuse(429), expected: another(429) },
  { name: '429 with Retry-After', misbehave: refuse(429, { 'retry-after': '30' }), expected: another(429) },
  { name: '500', misbehave: refuse(500), expected: another(502) },
  { name: '503', misbehave: refuse(503), expected: another(502) },
  { name: 'malformed JSON', misbehave: malformed, expected: another(502) },
  { name: 'a web page', misbehave: webPage, expected: another(502) },
  {
    name: 'a stall before the first token',
    misbehave: stalledBeforeFirst,
    isSilent: true,
    expected: another(504),
    streamed: another('told')
  },
  {
    name: 'a stall in the middle',
    misbehave: stalledInTheMiddle,
    isSilent: true,
    expected: another(504),
    streamed: final('cut')
  },
  { name: 'a cut in the middle', misbehave: cutInTheMiddle, expected: another(502), streamed: final('cut') },
  { name: 'invalid UTF-8', misbehave: invalidUtf8, expected: another(502) },
  { name: 'an enormous line', misbehave: enormousLine, expected: another(502) },
  { name: 'unknown events', misbehave: unknownEvents, expected: final('answered') }
]
