// An OpenAI-compatible upstream that costs as little as it can: prepared answers, no parsing of large requests.
// Run as a process of its own; prints one line {"port": N}. Model names choose the answer:
//   mock           plain: one sentence; streamed: 50 pieces, each a write of its own, as fast as they go
//   mock-c5-d1     streamed: 5 pieces, 1 ms apart
import http from 'node:http'

const created = 1_750_000_000
const sentence = 'The quick brown fox jumps over the lazy dog. '.repeat(6).trim()
const usage = {
  prompt_tokens: 57,
  completion_tokens: 60,
  total_tokens: 117,
  prompt_tokens_details: { cached_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0 }
}
const models = ['mock', 'mock-c5-d1']

const plainAnswer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-mock',
    object: 'chat.completion',
    created,
    model: 'mock',
    choices: [
      { index: 0, message: { role: 'assistant', content: sentence, refusal: null }, finish_reason: 'stop' }
    ],
    usage
  })
)
const chunk = (fields) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-mock', object: 'chat.completion.chunk', created, model: 'mock', ...fields })}\n\n`
const delta = (content, finish_reason = null) =>
  chunk({ choices: [{ index: 0, delta: content, finish_reason }], usage: null })

/** Reads what it needs from both ends of the body, so that a large one costs nothing. */
function readRequest(body) {
  const head = body.subarray(0, 300).toString('latin1')
  const tail = body.subarray(-300).toString('latin1')
  return {
    model: /"model"\s*:\s*"([^"]+)"/.exec(head)?.[1] ?? 'mock',
    stream: /"stream"\s*:\s*true/.test(head + tail)
  }
}

function sendStream(response, model) {
  const pieces = Number(/-c(\d+)/.exec(model)?.[1] ?? 50)
  const pause = Number(/-d(\d+)/.exec(model)?.[1] ?? 0)
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  response.socket?.setNoDelay(true)
  response.write(delta({ role: 'assistant', content: '' }))
  let sent = 0
  const step = () => {
    if (response.destroyed) return
    if (sent < pieces) {
      response.write(delta({ content: ` tok${sent++}` }))
      if (pause) setTimeout(step, pause)
      else setImmediate(step)
      return
    }
    response.write(delta({}, 'stop'))
    response.write(chunk({ choices: [], usage }))
    response.end('data: [DONE]\n\n')
  }
  step()
}

const server = http.createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    if (request.method === 'GET') {
      const data = models.map((id) => ({ id, object: 'model', created, owned_by: 'mock' }))
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ object: 'list', data }))
      return
    }
    const { model, stream } = readRequest(Buffer.concat(parts))
    if (stream) return sendStream(response, model)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': plainAnswer.length })
    response.end(plainAnswer)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify(server.address())}\n`))
