import type { OutgoingHttpHeaders } from 'node:http'
import type { Cost } from '../contract/usage.ts'
import type { Pipeline } from '../pipeline/context.ts'
import { sourcesHeader } from './answer-sources.ts'
import { headerText } from './respond.ts'

const maxWarningLength = 2000

/** Headers of an upstream that would change what this connection or a browser does with the answer. */
const ownHeaders =
  /^(connection|keep-alive|transfer-encoding|trailer|upgrade|content-|set-cookie|access-control-|vary|date)/

/** What a client is told beside the answer: by whom it is, whether it was kept, its trace, and what was dropped. */
export function answerHeaders({
  head,
  traceId,
  model
}: Pick<Awaited<ReturnType<Pipeline['call']>>, 'head' | 'traceId' | 'model'>): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {}
  for (const name in head.headers) {
    if (!ownHeaders.test(name)) headers[name] = headerText(head.headers[name] ?? '')
  }
  headers['x-homeport-trace-id'] = traceId
  headers['x-homeport-model'] = headerText(model)
  headers['x-homeport-cache'] = head.similarity === undefined ? (head.cache ?? 'off') : 'hit-similar'
  if (head.similarity !== undefined) headers['x-homeport-similarity'] = head.similarity.toFixed(3)
  Object.assign(headers, sourcesHeader(head.sources))
  if (head.warnings.length > 0) {
    headers['x-homeport-warning'] = headerText(head.warnings.join('; ').slice(0, maxWarningLength))
  }
  return headers
}

const NANO = 1_000_000_000

/** What the call cost in US dollars, as a decimal number. Absent where nobody knows: that is not the same as 0. */
export function costHeader(cost: Cost): OutgoingHttpHeaders {
  if (cost.kind === 'unknown') return {}
  const nanoUsd = cost.kind === 'free' ? 0 : cost.nanoUsd
  const fraction = String(nanoUsd % NANO).padStart(9, '0')
  return { 'x-homeport-cost': `${Math.floor(nanoUsd / NANO)}.${fraction}` }
}
