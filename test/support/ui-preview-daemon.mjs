import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { createCosts } from './ui-preview-costs.mjs'
import * as data from './ui-preview-data.mjs'
import * as gateway from './ui-preview-gateway.mjs'
import { chatWithCitations, createKnowledge } from './ui-preview-knowledge.mjs'
import { createOnDevice } from './ui-preview-on-device.mjs'
import { createTraceDetails } from './ui-preview-trace-details.mjs'
import { createTraceList } from './ui-preview-trace-list.mjs'
import { recordedCalls } from './ui-preview-traces.mjs'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** A daemon of one process and no disk. Serves the pages in `outDir`; `empty`: as on the first day; `downloads`: some on their way; `live`: a call every so many ms. */
export function createFakeDaemon({ outDir, empty = false, downloads = false, live = null, tickMs = 24 }) {
  const chats = empty ? new Map() : data.chats()
  if (!empty) chats.set('c-knowledge', chatWithCitations())
  const traces = empty ? [] : recordedCalls()
  const providers = empty ? [] : data.providers
  const settings = { ...data.settings, onboardingDone: !empty }
  const aliases = new Map((empty ? [] : gateway.aliases()).map((alias) => [alias.name, alias]))
  const keys = empty ? [] : [...data.keys]
  const turns = new Map()
  const listeners = new Set()
  let seq = 0
  let paused = false
  let port = 0

  const publish = (event) => {
    seq++
    const line = `id: p-${seq}\ndata: ${JSON.stringify({ epoch: 'p', seq, event })}\n\n`
    for (const res of listeners) res.write(line)
  }
  const summary = ({ messages: _, activeLeafId: __, ...chat }) => chat
  const touch = (chat, patch) => {
    Object.assign(chat, patch)
    publish({ type: 'chat-changed', chat: summary(chat) })
    return summary(chat)
  }
  const newId = () => crypto.randomUUID()

  function startTurn(chat, body) {
    const base = { chatId: chat.id, reasoning: '', error: null, info: null, createdAt: Date.now() }
    const userMessage = body.text
      ? { ...base, id: newId(), parentId: body.parentId, role: 'user', text: body.text, status: 'complete' }
      : null
    const assistantMessage = {
      ...base,
      id: newId(),
      parentId: userMessage?.id ?? body.parentId,
      role: 'assistant',
      text: '',
      status: 'streaming'
    }
    if (userMessage) chat.messages.push(userMessage)
    chat.messages.push(assistantMessage)
    const turnId = newId()
    const words = data.answer.match(/\S+\s*/g) ?? []
    let next = 0
    const finish = (status) => {
      clearInterval(timer)
      turns.delete(turnId)
      Object.assign(assistantMessage, {
        status,
        info: {
          model: body.model.includes('/') ? body.model : 'openai/gpt-5.2-mini',
          traceId: traces[0]?.id ?? null,
          firstTokenMs: 140,
          durationMs: next * 12,
          usage: null,
          cost: { kind: 'free' }
        }
      })
      publish({ type: 'turn-saved', turnId, chatId: chat.id, message: assistantMessage })
      touch(chat, { running: false })
    }
    const timer = setInterval(() => {
      const text = words.slice(next, next + 2).join('')
      next += 2
      assistantMessage.text += text
      publish({
        type: 'turn-delta',
        turnId,
        chatId: chat.id,
        messageId: assistantMessage.id,
        text,
        reasoning: ''
      })
      if (next >= words.length) finish('complete')
    }, tickMs)
    turns.set(turnId, finish)
    publish({
      type: 'turn-started',
      turnId,
      chatId: chat.id,
      userMessage,
      assistantMessage: { ...assistantMessage }
    })
    touch(chat, {
      activeLeafId: assistantMessage.id,
      model: body.model,
      running: true,
      updatedAt: Date.now(),
      title: chat.title === 'New chat' ? body.text.slice(0, 40) : chat.title
    })
    return { turnId, userMessage, assistantMessage: { ...assistantMessage } }
  }

  const ok = { ok: true }
  const traceList = createTraceList({ traces, publish, live })
  const onDevice = createOnDevice({ empty, downloads, publish, fail })
  const routes = {
    'POST /app/session': () => ({ token: 'preview', expiresAt: Date.now() + 1e9 }),
    'GET /app/info': () => ({ ...data.info(port), paused }),
    'POST /app/gateway': ({ body }) => {
      paused = body.paused
      publish({ type: 'gateway-changed', paused })
      return ok
    },
    'GET /app/settings': () => settings,
    'PATCH /app/settings': ({ body }) => {
      Object.assign(settings, body)
      publish({ type: 'settings-changed', settings })
      return settings
    },
    'GET /app/keys': () => ({ keys }),
    'POST /app/keys': ({ body }) => {
      const limits = { requestsPerMinute: null, tokensPerMinute: null, onDeviceOnly: false }
      const key = {
        ...data.keys[0],
        id: newId(),
        name: body.name,
        prefix: 'hp_prev',
        lastUsedAt: null,
        limits
      }
      keys.push(key)
      return { key, secret: 'hp_preview_0123456789abcdefghijklmnopqrstuvwxyz' }
    },
    'PATCH /app/keys/:id': ({ id, body }) => {
      const key = data.keys.find((known) => known.id === id)
      if (body.paused !== undefined) key.pausedAt = body.paused ? Date.now() : null
      return { ...key, ...body, limits: { ...key.limits, ...body.limits } }
    },
    'DELETE /app/keys/:id': () => ok,
    'GET /app/provider-kinds': () => ({ kinds: gateway.kinds }),
    'GET /app/health': () => ({ targets: empty ? [] : gateway.health }),
    'GET /app/aliases': () => ({ aliases: [...aliases.values()] }),
    'PUT /app/aliases/:id': ({ id, body }) => {
      const alias = { name: id, ...body }
      aliases.set(id, alias)
      return alias
    },
    'DELETE /app/aliases/:id': ({ id }) => {
      aliases.delete(id)
      return ok
    },
    'POST /app/route-preview': ({ body }) => gateway.preview([...aliases.values()], body),
    'GET /app/config': () => ({ yaml: gateway.yaml([...aliases.values()]) }),
    'PUT /app/config': ({ body }) =>
      body.yaml.includes('providers:')
        ? {
            providers: ['openai', 'openrouter'],
            aliases: [...aliases.keys()],
            keysMissing: ['openrouter'],
            limitsSkipped: ['Editor']
          }
        : fail(400, 'This configuration cannot be taken: line 3, provider: there is no such setting.', null),
    'GET /app/cache': () =>
      empty ? { entries: 0, bytes: 0, hits: 0, misses: 0, savedNanoUsd: 0 } : gateway.cacheStats,
    'DELETE /app/cache': () => ok,
    'GET /app/models': () => ({ models: empty ? [] : data.models }),
    'GET /app/providers': () => ({ providers }),
    'POST /app/providers': () =>
      fail(400, 'The server answered 401: “Incorrect API key provided”.', 'Check the key.'),
    'PATCH /app/providers/:id': ({ id }) => providers.find((provider) => provider.id === id),
    'DELETE /app/providers/:id': () => ok,
    'POST /app/providers/:id/test': () => ({
      ok: true,
      message: 'works',
      latencyMs: 300,
      models: ['a', 'b']
    }),
    'POST /app/discover': () => ({ servers: data.discovered }),
    ...onDevice.routes,
    ...createCosts({ empty, publish }),
    ...createKnowledge({ empty, publish, fail }),
    'GET /app/chats': ({ query }) => {
      const words = (query.get('search') ?? '').toLowerCase()
      const found = [...chats.values()].filter((chat) => chat.title.toLowerCase().includes(words))
      return { chats: found.sort((a, b) => b.updatedAt - a.updatedAt).map(summary) }
    },
    'POST /app/chats': ({ body }) => {
      const at = Date.now()
      const chat = { id: newId(), title: 'New chat', model: body.model ?? null, createdAt: at, updatedAt: at }
      if (body.knowledge) chat.knowledge = body.knowledge
      chats.set(chat.id, { ...chat, running: false, activeLeafId: null, messages: [] })
      return { ...chats.get(chat.id), runningTurnId: null, eventSeq: seq }
    },
    'GET /app/chats/:id': ({ id }) =>
      chats.has(id) ? { ...chats.get(id), runningTurnId: null, eventSeq: seq } : missing(),
    'PATCH /app/chats/:id': ({ id, body }) => touch(chats.get(id), body),
    'DELETE /app/chats/:id': ({ id }) => {
      chats.delete(id)
      publish({ type: 'chat-deleted', chatId: id })
      return ok
    },
    'POST /app/chats/:id/turns': ({ id, body }) => startTurn(chats.get(id), body),
    'DELETE /app/turns/:id': ({ id }) => {
      turns.get(id)?.('stopped')
      return ok
    },
    ...traceList.routes,
    ...createTraceDetails({ traces, publish, missing }),
    'GET /app/telemetry': () => data.telemetry,
    'PUT /app/telemetry/export-headers': () => data.telemetry,
    'POST /app/telemetry/test': () => ({
      ok: true,
      status: 200,
      message: 'cloud.langfuse.com took the span.'
    }),
    'GET /app/spend': () => ({
      nanoUsd: empty ? 0 : 410_000_000,
      calls: traces.length,
      unknownPriceCalls: empty ? 0 : 3
    })
  }

  async function serveApi(req, res, url) {
    if (url.pathname === '/app/events') {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      res.write(`id: p-${seq}\n\n`)
      listeners.add(res)
      return void res.on('close', () => listeners.delete(res))
    }
    let text = ''
    for await (const chunk of req) text += chunk
    const [path, id] = matchPath(req.method, url.pathname)
    const handler = routes[path]
    try {
      if (!handler) throw missing()
      const result = await handler({ id, query: url.searchParams, body: text ? JSON.parse(text) : {} })
      res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
    } catch (error) {
      const { status = 500, message, action = null } = error
      res
        .writeHead(status)
        .end(JSON.stringify({ error: { code: 'preview', message, action, traceId: null } }))
    }
  }

  const server = createServer(async (req, res) => {
    const url = new URL(req.url, 'http://localhost')
    if (url.pathname.startsWith('/app/')) return serveApi(req, res, url)
    const name = url.pathname === '/' ? 'index.html' : url.pathname
    const file = await readFile(join(outDir, name)).catch(() => null)
    res.writeHead(file ? 200 : 404, {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': policy
    })
    res.end(file)
  })
  return {
    chats,
    async listen(wanted = 0) {
      await new Promise((done) => server.listen(wanted, '127.0.0.1', done))
      port = server.address().port
      return `http://127.0.0.1:${port}`
    },
    close() {
      onDevice.close()
      traceList.close()
      server.closeAllConnections()
      server.close()
    }
  }
}

function matchPath(method, path) {
  const [, id, more] = /^\/app\/knowledge\/sources\/([^/]+)(.*)$/.exec(path) ?? []
  if (id) return [`${method} /app/knowledge/sources/:id${more}`, decodeURIComponent(id)]
  const parts = path.split('/')
  const named =
    [
      'keys',
      'providers',
      'aliases',
      'local-models',
      'downloads',
      'chats',
      'turns',
      'traces',
      'budgets',
      'alerts'
    ].includes(parts[2]) && parts[3]
  if (!named) return [`${method} ${path}`, null]
  return [
    `${method} ${['', 'app', parts[2], ':id', ...parts.slice(4)].join('/')}`,
    decodeURIComponent(parts[3])
  ]
}

function fail(status, message, action) {
  throw Object.assign(new Error(message), { status, action })
}

function missing() {
  return fail(404, 'There is nothing here.', null)
}
