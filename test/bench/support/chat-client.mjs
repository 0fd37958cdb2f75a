import http from 'node:http'

const readEvents = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice('data: '.length)))

/** A program that chats over the port: OpenAI's dialect, streamed, with the usage of each answer. */
export function createChatClient({ origin, key, model }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 })
  const { hostname, port } = new URL(origin)

  /**
   * Resolves with the answer's text, the milliseconds until its first piece came, and the usage; rejects on anything but a
   * whole answer.
   */
  const ask = (messages, maxTokens) =>
    new Promise((resolve, reject) => {
      const body = Buffer.from(
        JSON.stringify({
          model,
          messages,
          max_tokens: maxTokens,
          stream: true,
          stream_options: { include_usage: true }
        })
      )
      const headers = {
        'content-type': 'application/json',
        'content-length': body.length,
        authorization: `Bearer ${key}`
      }
      const started = performance.now()
      const options = { agent, hostname, port, method: 'POST', path: '/v1/chat/completions', headers }
      const request = http.request(options, (response) => {
        let firstTokenMs = null
        const parts = []
        response.on('data', (part) => {
          // a piece of text that is not empty
          if (firstTokenMs === null && /"content":"[^"]/.test(part.toString('latin1')))
            firstTokenMs = performance.now() - started
          parts.push(part)
        })
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          if (response.statusCode !== 200 || !text.includes('data: [DONE]'))
            return reject(new Error(`the port answered ${response.statusCode}: ${text.slice(-300)}`))
          const events = readEvents(text)
          const { usage } = events.findLast((event) => event.usage)
          const content = events.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
          resolve({ content, firstTokenMs, usage })
        })
      })
      request.on('error', reject)
      request.end(body)
    })
  return { ask, close: () => agent.destroy() }
}
