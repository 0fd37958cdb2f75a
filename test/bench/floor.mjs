// The floor that gateways are measured against: the least that a proxy in Node can do. It is no product: no keys, no checks,
// nothing on disk.
//   node floor.mjs [--port N] [--upstream ORIGIN] [--mode pipe|acct]      prints one line {"port": N}
// pipe: hands requests on without a look. acct: parses the request, counts the usage of the answer, keeps a ledger row in
// memory. Both stop with their client.
import http from 'node:http'
import { Pool } from 'undici'
import { argument } from './support/arguments.mjs'

const isAccounting = argument('mode', 'pipe') === 'acct'
const pool = new Pool(argument('upstream', 'http://127.0.0.1:9901'), {
  connections: 64,
  pipelining: 1,
  keepAliveTimeout: 30_000,
  bodyTimeout: 0
})
const perConnection = new Set(['connection', 'keep-alive', 'transfer-encoding'])
const ledger = []

/** The usage of a stream stands in one of its last events, so its last 1,500 characters are enough to look at. */
function usageOfTail(tail) {
  const at = tail.lastIndexOf('"usage":{')
  if (at < 0) return undefined
  const line = tail.slice(tail.lastIndexOf('data: ', at) + 'data: '.length)
  return JSON.parse(line.slice(0, line.indexOf('\n'))).usage
}

/** What has to be known of an answer to write its row. */
function createAccount(body) {
  const { model, stream } = JSON.parse(body)
  const parts = []
  let tail = ''
  return {
    add(part) {
      if (stream) tail = (tail + part.toString()).slice(-1500)
      else parts.push(part)
    },
    close() {
      const usage = stream ? usageOfTail(tail) : JSON.parse(Buffer.concat(parts)).usage
      ledger.push([Date.now(), model, usage?.prompt_tokens, usage?.completion_tokens])
      if (ledger.length > 10_000) ledger.length = 0
    }
  }
}

async function forward(request, response, body) {
  const account = isAccounting ? createAccount(body) : null
  const abort = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) abort.abort()
  })
  const upstream = await pool.request({
    path: request.url,
    method: request.method,
    headers: { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' },
    body,
    signal: abort.signal
  })
  const headers = Object.entries(upstream.headers).filter(([name]) => !perConnection.has(name))
  response.writeHead(upstream.statusCode, Object.fromEntries(headers))
  for await (const part of upstream.body) {
    response.write(part)
    account?.add(part)
  }
  response.end()
  account?.close()
}

const server = http.createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    forward(request, response, Buffer.concat(parts)).catch((error) => {
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: String(error.message) } }))
    })
  })
})
server.listen(Number(argument('port', '0')), '127.0.0.1', () =>
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`)
)
