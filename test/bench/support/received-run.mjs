import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

/** What one export holds. */
const BATCH = 2000
const WORKERS = 60

/** An agent's run as OpenTelemetry has it: workers one beside the other, each with tools and chats in it. */
export function agentRun(count) {
  const traceId = randomBytes(16).toString('hex')
  const begun = Date.now()
  const workers = Math.min(WORKERS, Math.ceil(count / 4))
  const ids = Array.from({ length: count }, () => randomBytes(8).toString('hex'))
  return ids.map((spanId, n) => {
    const isWorker = n > 0 && n <= workers
    const operation = n % 3 === 0 ? 'chat' : 'execute_tool'
    const start = begun + n * 15
    return {
      traceId,
      spanId,
      parentSpanId: n === 0 ? '' : isWorker ? ids[0] : ids[1 + (n % workers)],
      name: isWorker
        ? `worker ${n}`
        : operation === 'chat'
          ? 'chat gpt-5.2'
          : `execute_tool search_${n % 40}`,
      kind: 1,
      startTimeUnixNano: `${start}000000`,
      endTimeUnixNano: `${start + (n <= workers ? count * 15 : 40 + (n % 900))}000000`,
      attributes: [{ key: 'gen_ai.operation.name', value: { stringValue: operation } }],
      status: { code: n % 97 === 0 ? 2 : 1 }
    }
  })
}

/** Sends spans in several exports, and again where it is told to wait. */
export async function sendSpans(url, key, spans) {
  for (let at = 0; at < spans.length; at += BATCH) {
    const scopeSpans = [{ spans: spans.slice(at, at + BATCH) }]
    await post(url, key, JSON.stringify({ resourceSpans: [{ resource: { attributes: [] }, scopeSpans }] }))
  }
}

async function post(url, key, body) {
  for (;;) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body })
    const answer = await response.text()
    if (response.ok) return
    if (response.status !== 429) throw new Error(`the receiver answered ${response.status}: ${answer}`)
    await sleep(1000 * Number(response.headers.get('retry-after') ?? 1))
  }
}
