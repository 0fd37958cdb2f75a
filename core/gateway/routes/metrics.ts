import type { Exchange } from '../exchange.ts'
import { methodNotAllowed } from '../respond.ts'

/** Of Prometheus' text format. */
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** `GET /metrics`. Throws `method-not-allowed`. */
export async function serveMetrics({ req, res }: Exchange, metrics: () => Promise<string>): Promise<void> {
  if (req.method !== 'GET' && req.method !== 'HEAD') throw methodNotAllowed(res, ['GET', 'HEAD'])
  const text = await metrics()
  res.writeHead(200, {
    'content-type': METRICS_TYPE,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store'
  })
  res.end(text)
}
