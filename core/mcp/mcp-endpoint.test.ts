import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type KeyLimits, noLimits } from '../contract/access.ts'
import { BUILT_IN_EMBEDDER } from '../contract/knowledge.ts'
import type { Principal } from '../gateway/credential.ts'
import { send } from '../gateway/testing/raw-http.ts'
import {
  appToken,
  bearer,
  controlToken,
  jsonType,
  otherAppToken,
  smallAccess,
  startGateway,
  uiOrigin,
  untilAborted
} from '../gateway/testing/small-gateway.ts'
import { type Logger, silentLogger } from '../lib/logger.ts'
import type { NewTrace } from '../traces/new-trace.ts'
import { smallNote, smallNotes } from './mcp.test-support.ts'
import { createMcpEndpoint } from './mcp-endpoint.ts'
import type { NotesReader } from './notes-reader.ts'
import { createToolRecorder } from './tool-trace.ts'

const soup = smallNote('vault', 'Food/Soup.md', { text: '# Soup\n\nBoil the leeks.', tags: ['recipe'] })
const stew = smallNote('vault', 'Food/Stew.md', { text: '# Stew\n\nBoil the beans.' })
const diary = smallNote('vault', 'Diary/Today.md', { text: '# Today\n\nBoil with rage.' })
const plan = smallNote('work', 'Plan.md', { text: '# Plan\n\nBoil the ocean.' })
const cloud = smallNote('far', 'Cloud.md')
const all = [soup, stew, diary, plan, cloud]
const eras = ['legacy', 'auto'] as const

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Setup {
  /** What the limits of the keys say, where they do not allow everything. */
  keys?: Record<string, Partial<KeyLimits>>
  search?: NotesReader['search']
  logger?: Logger
}

async function start({ keys = {}, search, logger = silentLogger }: Setup = {}) {
  const { notes, asked } = smallNotes(all, search)
  const kept: NewTrace[] = []
  let recordBodies = true
  const record = createToolRecorder({
    traces: { record: async (trace) => void kept.push(trace) },
    recordBodies: () => recordBodies,
    onTrace() {},
    logger
  })
  const mcp = createMcpEndpoint({
    notes,
    staysHere: (embedder) => embedder === BUILT_IN_EMBEDDER,
    record,
    version: '1.2.3',
    logger
  })
  // a client that was cut off opens a connection that it never uses
  const access = smallAccess()
  const authenticate = (token: string): Principal | null => {
    const principal = access.authenticate(token)
    if (principal?.kind !== 'app-key') return principal
    return { ...principal, limits: { ...noLimits, knowledge: ['*'], ...keys[principal.id] } }
  }
  const gateway = await startGateway({
    ...access,
    authenticate,
    mcp,
    limits: { closeGraceMs: 100, keyWaitMs: 0 }
  })
  closing.push(gateway.close, mcp.close)
  const connect = async (
    token = appToken,
    mode: (typeof eras)[number] = 'legacy',
    headers: Record<string, string> = {}
  ) => {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
    const url = new URL(`http://127.0.0.1:${gateway.port}/mcp`)
    await client.connect(
      new StreamableHTTPClientTransport(url, {
        requestInit: { headers: { ...bearer(token), ...headers } }
      })
    )
    closing.push(() => client.close())
    return client
  }
  const post = (message: unknown, headers: Record<string, string> = {}) =>
    send(gateway.port, {
      method: 'POST',
      path: '/mcp',
      headers: {
        ...bearer(appToken),
        ...jsonType,
        accept: 'application/json, text/event-stream',
        ...headers
      },
      body: typeof message === 'string' ? message : JSON.stringify(message)
    })
  const keepNumbersOnly = (): void => {
    recordBodies = false
  }
  return { ...gateway, access, asked, kept, keepNumbersOnly, connect, post }
}

const search = (client: Client, query: string, more: object = {}) =>
  client.callTool({ name: 'search_notes', arguments: { query, ...more } })
const pathsIn = ({ structuredContent }: Awaited<ReturnType<typeof search>>): string[] => {
  const { passages } = structuredContent as { passages: { path: string }[] }
  return passages.map(({ path }) => path)
}
const textOf = ({ content }: Awaited<ReturnType<typeof search>>): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('')

describe.each(eras)('a client that negotiates its revision: %s', (era) => {
  test('sees three tools that only read', async () => {
    const { connect } = await start()
    const { tools } = await (await connect(appToken, era)).listTools()
    expect(tools.map(({ name }) => name)).toEqual(['search_notes', 'read_note', 'related_notes'])
    for (const { annotations, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false })
      expect(outputSchema).toBeDefined()
    }
  })

  test('finds passages, in words and as data', async () => {
    const { connect, asked } = await start()
    const client = await connect(appToken, era)
    const answer = await search(client, 'leeks', { in: ['vault/Food'], limit: 3 })
    expect(asked).toEqual([{ text: 'leeks', scopes: ['vault/Food'], limit: 3 }])
    expect(answer.structuredContent).toEqual({
      passages: [
        {
          source: 'vault',
          path: 'Food/Soup.md',
          title: 'Soup',
          headings: ['Method'],
          text: '# Soup\n\nBoil the leeks.',
          page: null,
          tags: ['recipe'],
          modified: '2026-05-17',
          score: 1,
          uri: 'homeport://note/vault/Food/Soup.md',
          obsidianUrl: soup.obsidianUrl
        }
      ],
      nothingNearEnough: false,
      problems: []
    })
    expect(textOf(answer)).toContain('[1] Soup › Method\nsource: vault, path: Food/Soup.md')
    expect(textOf(answer)).toContain('Boil the leeks.')
  })

  test('is told plainly when there is nothing', async () => {
    const { connect } = await start()
    const answer = await search(await connect(appToken, era), 'zebra')
    expect(answer.isError).toBeFalsy()
    expect(answer.structuredContent).toMatchObject({ passages: [], nothingNearEnough: true })
    expect(textOf(answer)).toBe('Nothing near enough to the question was found.')
  })

  test('is refused arguments that make no sense', async () => {
    const { connect, asked } = await start()
    const client = await connect(appToken, era)
    for (const args of [{}, { query: '' }, { query: 'x', limit: 0 }, { query: 'x'.repeat(2001) }]) {
      const answer = await client.callTool({ name: 'search_notes', arguments: args })
      expect(answer.isError, JSON.stringify(args)).toBe(true)
    }
    expect(asked).toEqual([])
    await expect(client.callTool({ name: 'delete_note', arguments: {} })).rejects.toThrow('not found')
  })

  test('that goes away stops its search', async () => {
    const stopped = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const { connect } = await start({
      async search(_, signal) {
        begun.resolve()
        signal.addEventListener('abort', () => stopped.resolve())
        return untilAborted(signal)
      }
    })
    const client = await connect(appToken, era)
    const answer = search(client, 'ask the other').catch((error: unknown) => error)
    await begun.promise
    await client.close()
    await stopped.promise
    expect(await answer).toBeInstanceOf(Error)
  })

  test('reads nothing more once its key is revoked', async () => {
    const begun = Promise.withResolvers<void>()
    const { connect, access } = await start({
      async search(_, signal) {
        begun.resolve()
        return untilAborted(signal)
      }
    })
    const client = await connect(appToken, era)
    const running = search(client, 'ask the other').catch((error: unknown) => error)
    await begun.promise
    access.revoke(appToken)
    expect(await running).toBeInstanceOf(Error)
    await expect(search(client, 'leeks')).rejects.toThrow()
    await expect(client.readResource({ uri: 'homeport://note/vault/Food/Soup.md' })).rejects.toThrow()
  })
})

describe('what a key may read', () => {
  test('is nothing without a scope, and the program is told how that changes', async () => {
    const { connect, asked } = await start({ keys: { 'key-1': { knowledge: [] } } })
    const client = await connect()
    const answer = await search(client, 'Boil')
    expect(answer.isError).toBe(true)
    expect(textOf(answer)).toBe(
      'These notes are not open to this program. The person can allow it in Homeport.'
    )
    expect(asked).toEqual([])
    expect((await client.listResources()).resources).toEqual([])
    await expect(client.readResource({ uri: 'homeport://note/vault/Food/Soup.md' })).rejects.toThrow()
    const note = await client.callTool({ name: 'read_note', arguments: { path: 'Food/Soup.md' } })
    expect(note.isError).toBe(true)
    expect(textOf(note)).toContain('no notes that are open to this program')
  })

  test('is what its scopes hold, for each of two programs at once', async () => {
    const keys = {
      'key-1': { knowledge: ['vault/Food'] },
      'key-2': { knowledge: ['vault/Diary', 'work'] }
    }
    const { connect } = await start({ keys })
    const [one, other] = await Promise.all([connect(appToken), connect(otherAppToken, 'auto')])
    const [first, second] = await Promise.all([search(one, 'Boil'), search(other, 'Boil')])
    expect(pathsIn(first)).toEqual(['Food/Soup.md', 'Food/Stew.md'])
    expect(pathsIn(second)).toEqual(['Diary/Today.md', 'Plan.md'])
    const listed = await Promise.all([one.listResources(), other.listResources()])
    expect(listed.map(({ resources }) => resources.map(({ name }) => name))).toEqual([
      ['Food/Soup.md', 'Food/Stew.md'],
      ['Diary/Today.md', 'Plan.md']
    ])
    await expect(one.readResource({ uri: 'homeport://note/work/Plan.md' })).rejects.toThrow('not found')
    const elsewhere = await search(one, 'Boil', { in: ['work'] })
    expect(elsewhere.isError).toBe(true)
    const note = await one.callTool({ name: 'read_note', arguments: { path: 'Diary/Today.md' } })
    expect(textOf(note)).toContain('There is no note "Diary/Today.md".')
  })
})

test('what a key that stays on this machine asks is not embedded elsewhere', async () => {
  const { connect, asked } = await start({ keys: { 'key-1': { onDeviceOnly: true } } })
  const client = await connect()
  const answer = await search(client, 'Boil')
  expect(asked.map(({ scopes }) => scopes)).toEqual([['vault', 'work']])
  expect(answer.structuredContent).toMatchObject({
    problems: ['far: It was left out: questions to it are embedded elsewhere.']
  })
  await search(client, 'Boil', { in: ['vault/Food', 'far'] })
  await search(client, 'Boil', { in: ['far'] })
  expect(asked.slice(1).map(({ scopes }) => scopes)).toEqual([['vault/Food']])
  await search(await connect(otherAppToken), 'Boil')
  expect(asked.at(-1)?.scopes).toEqual(['*'])
})

describe('in Activity', () => {
  test('stands every tool and what came of it, under the name of the key', async () => {
    const { connect, kept } = await start()
    const client = await connect(appToken, 'auto', {
      'x-homeport-project': 'site',
      traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`
    })
    await search(client, 'Boil', { in: ['vault/Food'] })
    await client.callTool({ name: 'read_note', arguments: { path: 'Food/Soup.md' } })
    await client.callTool({ name: 'related_notes', arguments: { path: 'None.md' } })
    await client.readResource({ uri: 'homeport://note/vault/Food/Stew.md' })
    const shown = kept.map(({ summary: { app, model, status, title } }) => [app, model, status, title])
    expect(shown).toEqual([
      ['Editor', 'search_notes', 'ok', 'Boil'],
      ['Editor', 'read_note', 'ok', 'Food/Soup.md'],
      ['Editor', 'related_notes', 'error', 'None.md'],
      ['Editor', 'read_resource', 'ok', 'homeport://note/vault/Food/Stew.md']
    ])
    const [searched, , failed] = kept
    expect(searched).toMatchObject({
      callerId: 'key-1',
      context: { traceId: 'ab'.repeat(16) },
      summary: { source: 'mcp', cost: { kind: 'free' }, labels: { project: 'site' } },
      spans: [{ kind: 'tool', name: 'search_notes', status: 'ok' }]
    })
    expect(searched?.spans[0]?.note).toMatch(/^\d+ found$/)
    expect(JSON.parse(String(searched?.requestBody))).toEqual({
      name: 'search_notes',
      arguments: { query: 'Boil', in: ['vault/Food'], limit: 8 }
    })
    expect(searched?.responseBody).toContain('Boil the leeks.')
    expect(failed).toMatchObject({
      responseBody: null,
      summary: { errorMessage: expect.stringContaining('None.md') }
    })
  })

  test('stands neither question nor answer where only numbers are kept', async () => {
    const { connect, kept, keepNumbersOnly } = await start()
    const asks = async (headers: Record<string, string>): Promise<void> => {
      const client = await connect(appToken, 'legacy', headers)
      await search(client, 'leeks')
      await client.callTool({ name: 'read_note', arguments: { path: 'My leeks.md' } })
    }
    await asks({ 'x-homeport-record': 'numbers' })
    keepNumbersOnly()
    await asks({})
    expect(kept).toHaveLength(4)
    expect(JSON.stringify(kept)).not.toContain('leeks')
    expect(kept[1]?.summary).toMatchObject({ status: 'error', errorMessage: 'read_note failed', title: '' })
  })

  test('stands a call that its client gave up, as such', async () => {
    const begun = Promise.withResolvers<void>()
    const { connect, kept } = await start({
      async search(_, signal) {
        begun.resolve()
        return untilAborted(signal)
      }
    })
    const client = await connect()
    const running = search(client, 'ask the other').catch((error: unknown) => error)
    await begun.promise
    await client.close()
    await running
    await vi.waitFor(() => expect(kept.map(({ summary }) => summary.status)).toEqual(['aborted']))
  })
})

test('tools count against the requests that a key has a minute, each of them', async () => {
  const { connect, kept, asked } = await start({ keys: { 'key-1': { requestsPerMinute: 2 } } })
  const client = await connect()
  expect((await search(client, 'leeks')).isError).toBeFalsy()
  await client.readResource({ uri: 'homeport://note/vault/Food/Soup.md' })
  const refused = await search(client, 'leeks')
  expect(refused.isError).toBe(true)
  expect(textOf(refused)).toBe(
    'This key may take 2 requests a minute, and has. Wait, or change the limits of the key in Homeport.'
  )
  await expect(client.readResource({ uri: 'homeport://note/vault/Food/Soup.md' })).rejects.toThrow(
    '2 requests'
  )
  expect([asked.length, kept.length]).toEqual([1, 2])
  expect((await client.listTools()).tools).toHaveLength(3)
  expect((await search(await connect(otherAppToken), 'leeks')).isError).toBeFalsy()
})

describe('the port', () => {
  const ping = { jsonrpc: '2.0', id: 1, method: 'tools/list' }

  test('refuses foreign hosts and pages, and every credential but an app key', async () => {
    const { post } = await start()
    expect((await post(ping)).status).toBe(200)
    expect((await post(ping, { host: 'evil.example:7678' })).status).toBe(403)
    expect((await post(ping, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post(ping, { origin: uiOrigin })).status).toBe(200)
    for (const token of ['', 'wrong', controlToken]) {
      const answer = await post(ping, { authorization: `Bearer ${token}` })
      expect(answer.status, token).toBe(401)
      expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32_000 } })
    }
  })

  test('refuses bodies that are large, broken or no JSON', async () => {
    const { post } = await start()
    const large = await post({ ...ping, params: { filler: 'x'.repeat(300 * 1024) } })
    expect(large.status).toBe(413)
    const broken = await post('{"jsonrpc":')
    expect(broken.status).toBe(400)
    expect(JSON.parse(broken.text).error).toEqual({ code: -32_600, message: 'The body is not valid JSON.' })
    expect((await post(ping, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post({ hello: 'world' })).status).toBe(400)
    expect((await post(Array(51).fill(ping))).status).toBe(400)
    expect((await post(Array(50).fill(ping))).status).toBe(200)
  })

  test('has no sessions to open a stream for, or to end', async () => {
    const { port } = await start()
    for (const method of ['GET', 'DELETE']) {
      const answer = await send(port, { method, path: '/mcp', headers: bearer(appToken) })
      expect(answer.status).toBe(405)
      expect(answer.headers.allow).toBe('POST')
    }
  })

  test('answers nobody where there are no notes to read', async () => {
    const gateway = await startGateway()
    closing.push(gateway.close)
    const headers = { ...bearer(appToken), ...jsonType }
    const answer = await send(gateway.port, { method: 'POST', path: '/mcp', headers, body: '{}' })
    expect(answer.status).toBe(404)
  })

  test('announces no changes, and keeps no stream open for them', async () => {
    const { post } = await start()
    const method = 'subscriptions/listen'
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {}
    }
    const params = { _meta, notifications: { resourcesListChanged: true } }
    const answer = await post(
      { ...ping, method, params },
      { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method }
    )
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('"notifications":{}')
    expect(answer.text).toContain('"resultType":"complete"')
  })

  test('tells nobody what went wrong inside, and logs no more than its kind', async () => {
    const logged: unknown[] = []
    const logger = {
      ...silentLogger,
      error: (fields: unknown, message: string) => void logged.push(fields, message)
    }
    const { connect } = await start({
      logger,
      search: async () => {
        throw new TypeError('secret in /home/somebody')
      }
    })
    const answer = await search(await connect(), 'ask the other')
    expect(answer.isError).toBe(true)
    expect(textOf(answer)).toBe('Something went wrong inside Homeport.')
    expect(logged).toEqual([{ name: 'TypeError' }, 'Reading notes for a program failed unexpectedly.'])
  })
})
