// The floor that the gateway is measured against: the least that a proxy in Node can do which parses the request, counts
// the usage of the answer, stops with its client, and keeps a ledger row in memory. No keys, no checks, nothing on disk.
//   node floor-proxy.mjs <upstream origin>      prints one line {"port": N}
import http from 'node:http'
import { Pool } from 'undici'

const pool = new Pool(process.argv[2], { connections: 64, pipelining: 1, bodyTimeout: 0 })
const perConnection = new Set(['connection', 'keep-alive', 'transfer-encoding'])
const ledger = []

/** The usage of a stream stands in one of its last events, so its last 1,500 characters are enough to look at. */
function usageOfTail(tail) {
  const at = tail.lastIndexOf('"usage":{')
  if (at < 0) return undefined
  const line = tail.slice(tail.lastIndexOf('data: ', at) + 'data: '.length)
  return JSON.parse(line.slice(0, line.indexOf('\n'))).usage
}

async function forward(request, response, body) {
  const { model, stream } = JSON.parse(body)
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
  let tail = ''
  const parts = []
  for await (const part of upstream.body) {
    response.write(part)
    if (stream) tail = (tail + part.toString()).slice(-1500)
    else parts.push(part)
  }
  response.end()
  const usage = stream ? usageOfTail(tail) : JSON.parse(Buffer.concat(parts)).usage
  ledger.push([Date.now(), model, usage?.prompt_tokens, usage?.completion_tokens])
  if (ledger.length > 10_000) ledger.length = 0
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
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify(server.address())}\n`))
