// An OpenAI-compatible upstream that costs as little as it can: prepared answers, no parsing of large requests.
//   node mock.mjs [--port N]      prints one line {"port": N}
// Model names choose the answer:
//   mock           plain: one sentence; streamed: 50 pieces, each a write of its own, as fast as they go
//   mock-c5-d1     streamed: 5 pieces, 1 ms apart
//   mock-w200      waits 200 ms before the first byte
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { argument } from './support/arguments.mjs'

const created = 1_750_000_000
const sentence = 'The quick brown fox jumps over the lazy dog. '.repeat(6).trim()
const usage = {
  prompt_tokens: 57,
  completion_tokens: 60,
  total_tokens: 117,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0
  }
}
const models = ['mock', 'mock-c5-d1', 'mock-c50-d5']
const served = { service_tier: 'default', system_fingerprint: 'fp_mock' }

const plainAnswers = new Map()
function plainAnswer(model) {
  const answer = {
    id: 'chatcmpl-mock0001',
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: sentence, refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: 'stop'
      }
    ],
    usage,
    ...served
  }
  if (!plainAnswers.has(model)) plainAnswers.set(model, Buffer.from(JSON.stringify(answer)))
  return plainAnswers.get(model)
}

function chunk(model, delta, finish_reason = null) {
  const choices = delta ? [{ index: 0, delta, logprobs: null, finish_reason }] : []
  const fields = { id: 'chatcmpl-mock0001', object: 'chat.completion.chunk', created, model, ...served }
  return `data: ${JSON.stringify({ ...fields, choices, usage: delta ? null : usage })}\n\n`
}

/** Reads what it needs from both ends of the body, so that a large one costs nothing. */
function readRequest(body) {
  const head = body.subarray(0, 400).toString('latin1')
  const tail = body.subarray(-200).toString('latin1')
  return {
    model: /"model"\s*:\s*"([^"]+)"/.exec(head)?.[1] ?? 'mock',
    stream: /"stream"\s*:\s*true/.test(head + tail)
  }
}

function sendStream(response, model) {
  const pieces = Number(/-c(\d+)/.exec(model)?.[1] ?? 50)
  const pause = Number(/-d(\d+)/.exec(model)?.[1] ?? 0)
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-request-id': 'req_mock'
  })
  response.socket?.setNoDelay(true)
  response.write(chunk(model, { role: 'assistant', content: '', refusal: null }))
  let sent = 0
  const step = () => {
    if (response.destroyed) return
    if (sent < pieces) {
      response.write(chunk(model, { content: ` tok${sent++}` }))
      if (pause) setTimeout(step, pause)
      else setImmediate(step)
      return
    }
    response.write(chunk(model, {}, 'stop'))
    response.write(chunk(model, null))
    response.end('data: [DONE]\n\n')
  }
  step()
}

async function answer(response, body) {
  const { model, stream } = readRequest(body)
  const wait = Number(/-w(\d+)/.exec(model)?.[1] ?? 0)
  if (wait) await sleep(wait)
  if (stream) return sendStream(response, model)
  const plain = plainAnswer(model)
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': plain.length,
    'x-request-id': 'req_mock'
  })
  response.end(plain)
}

const server = http.createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    if (request.method !== 'GET') return void answer(response, Buffer.concat(parts))
    const data = models.map((id) => ({ id, object: 'model', created, owned_by: 'mock' }))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ object: 'list', data }))
  })
})
server.keepAliveTimeout = 60_000
server.requestTimeout = 0
server.listen(Number(argument('port', '0')), '127.0.0.1', () =>
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`)
)
