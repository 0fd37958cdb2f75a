import http from 'node:http'

/** A client of one gateway. Every request differs from the others, as real ones do: nothing can be stored just once. */
export function createClient({ origin, key, model, headers = {} }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const { hostname, port } = new URL(origin)
  let sent = 0

  /** `fill` is text for every request, or gives that of each by its number. */
  const bodyOf = ({ stream, fill = '' }) => {
    const text = typeof fill === 'function' ? fill(sent) : fill
    return Buffer.from(
      JSON.stringify({
        model,
        stream,
        ...(stream ? { stream_options: { include_usage: true } } : {}),
        messages: [
          { role: 'system', content: `You are request ${process.pid}-${sent++} of a benchmark.${text}` },
          { role: 'user', content: 'Which animal jumps over which?' }
        ]
      })
    )
  }

  /**
   * Resolves with the milliseconds until the first piece of a streamed answer's text, and until the answer's end; rejects on
   * anything but a whole answer. With `leaveAfterMs` the client hangs up after that time, and that is what was wanted.
   */
  const ask = ({ leaveAfterMs, ...options }) =>
    new Promise((resolve, reject) => {
      const body = bodyOf(options)
      const started = performance.now()
      const passed = () => performance.now() - started
      let left = false
      const fail = (error) => (left ? resolve({ left }) : reject(error))
      const request = http.request(
        {
          agent,
          hostname,
          port,
          method: 'POST',
          path: '/v1/chat/completions',
          headers: {
            'content-type': 'application/json',
            'content-length': body.length,
            authorization: `Bearer ${key}`,
            ...headers
          }
        },
        (response) => {
          let firstTokenMs = null
          let text = ''
          response.on('data', (part) => {
            text += part.toString('latin1')
            if (firstTokenMs === null && text.includes('"content":" tok0"')) firstTokenMs = passed()
          })
          response.on('error', fail)
          response.on('end', () => {
            const isWhole = text.includes(options.stream ? 'data: [DONE]' : '"usage"')
            if (response.statusCode === 200 && isWhole) resolve({ firstTokenMs, totalMs: passed() })
            else fail(new Error(`${origin} answered ${response.statusCode}: ${text.slice(0, 300)}`))
          })
        }
      )
      request.on('error', fail)
      request.end(body)
      if (leaveAfterMs !== undefined)
        setTimeout(() => {
          left = true
          request.destroy()
        }, leaveAfterMs)
    })

  /** Sends so many requests, so many of them at a time, but for no longer than so long; gives how long each took. */
  const run = async (count, concurrency, options, limitMs = Number.POSITIVE_INFINITY) => {
    const deadline = performance.now() + limitMs
    const times = []
    let left = count
    const worker = async () => {
      while (left-- > 0 && performance.now() < deadline) times.push((await ask(options)).totalMs)
    }
    await Promise.all(Array.from({ length: concurrency }, worker))
    return times
  }
  return { ask, run, close: () => agent.destroy() }
}

/** Such text for each request of its own: no stretch of one stands in the next at the same place. */
export function differingProse(bytes) {
  const text = proseOf(4 * bytes)
  return (number) => text.slice((number * 7919) % (3 * bytes)).slice(0, bytes)
}

/** So many bytes of prose-like text: it compresses about as prompts do. */
export function proseOf(bytes) {
  const words =
    'ship port light harbour tide anchor signal cargo crew chart wind rope keel pilot sail dock'.split(' ')
  let text = ''
  let state = 7
  while (text.length < bytes) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    text += ` ${words[state % words.length]}${state % 97}`
  }
  return text.slice(0, bytes)
}
