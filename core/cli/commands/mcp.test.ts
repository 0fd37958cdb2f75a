import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { AppQuery } from '../../contract/app-routes.ts'
import type { ToolCall } from '../../contract/knowledge.ts'
import type { AppHandlers } from '../../gateway/app-handlers.ts'
import {
  controlToken,
  echoHandlers,
  type RunningGateway,
  startGateway,
  untilAborted
} from '../../gateway/testing/small-gateway.ts'
import { smallNote, smallNotes } from '../../mcp/mcp.test-support.ts'
import { writeDaemonFile } from '../../store/daemon-file.ts'
import { prepareDataFolder } from '../../store/data-folder.ts'
import { acquireFolderLock } from '../../store/folder-lock.ts'

vi.setConfig({ testTimeout: 30_000 })

const cli = path.resolve(import.meta.dirname, '../cli.ts')
const soup = smallNote('vault', 'Food/Soup.md', { text: '# Soup\n\nBoil the leeks.' })
const diary = smallNote('vault', 'Diary/Today.md', { text: '# Today\n\nBoil with rage.' })
const { notes } = smallNotes([soup, diary])
const searched: AppQuery<'GET /app/search'>[] = []
const called: ToolCall[] = []
const begun = Promise.withResolvers<void>()
const stopped = Promise.withResolvers<void>()

const understood = { words: [], phrases: [], tags: [], paths: [], from: null, until: null, parts: [] }

/** The control API of a daemon that has these notes. */
const handlers: Partial<AppHandlers> = {
  'GET /app/info': async () => ({
    version: '1.2.3',
    pid: process.pid,
    port: running.port,
    dataDir,
    modelsDir: dataDir,
    headless: true,
    paused: false,
    secrets: { backend: 'key-file', description: 'A file.', keychainProblem: null },
    notices: [],
    inferenceBackend: null
  }),
  'GET /app/knowledge/sources': async () => ({
    sources: [
      {
        id: 'vault',
        name: 'Vault',
        kind: 'vault',
        folder: '/notes',
        embedder: 'built-in',
        excludes: [],
        paused: false,
        createdAt: 1,
        state: 'ready',
        problem: null,
        progress: null,
        documents: 2,
        chunks: 2,
        chunksWithoutVector: 0,
        failures: 0,
        indexBytes: 1,
        lastChangeAt: 1,
        completeAt: 1
      }
    ]
  }),
  async 'GET /app/search'({ query, signal }) {
    searched.push(query)
    if (query.q === 'wait') {
      begun.resolve()
      signal.addEventListener('abort', () => stopped.resolve())
      return untilAborted(signal)
    }
    const found = await notes.search({ text: query.q, scopes: [], limit: query.limit }, signal)
    return { ...found, understood, tookMs: 1 }
  },
  'GET /app/knowledge/sources/:id/files': async () => ({ files: [], next: null }),
  'GET /app/knowledge/note': ({ query }) => notes.note(query.source, query.path),
  async 'POST /app/knowledge/tool-calls'({ body }) {
    called.push(body)
    return { ok: true }
  }
}

let dataDir: string
let running: RunningGateway
let lock: { release(): void }

async function startDaemon(): Promise<void> {
  running = await startGateway({ appHandlers: echoHandlers(handlers), limits: { closeGraceMs: 100 } })
  writeDaemonFile(dataDir, { pid: process.pid, port: running.port, version: '1.2.3', controlToken })
}

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'homeport-cli-mcp-'))
  prepareDataFolder(dataDir)
  lock = acquireFolderLock(dataDir)
  await startDaemon()
})
afterAll(async () => {
  await running.close()
  lock.release()
  rmSync(dataDir, { recursive: true, force: true })
})

const clients: Client[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  for (const child of children.splice(0)) child.kill()
})

async function connect(args: string[] = [], mode: 'legacy' | 'auto' = 'legacy') {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
  const command = { command: process.execPath, args: [cli, 'mcp', '--data-dir', dataDir, ...args] }
  await client.connect(new StdioClientTransport({ ...command, stderr: 'pipe' }))
  clients.push(client)
  return client
}

/** The command as any program starts it, without a library between. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [cli, 'mcp', '--data-dir', dataDir, ...args])
  children.push(child)
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  return {
    child,
    say: (message: unknown) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    ended: ended.then(([[code], stdout, stderr]) => ({ code, stdout, stderr }))
  }
}

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }
}

test.each(['legacy', 'auto'] as const)(
  'searches and reads the notes of the running daemon: %s',
  async (mode) => {
    const client = await connect([], mode)
    const found = await client.callTool({
      name: 'search_notes',
      arguments: { query: 'leeks', in: ['vault/Food', 'vault#recipe'] }
    })
    expect(found.structuredContent).toMatchObject({ passages: [{ path: 'Food/Soup.md' }] })
    expect(searched.at(-1)).toMatchObject({ q: 'leeks', in: 'vault/Food,vault#recipe', limit: 8 })
    const note = await client.callTool({ name: 'read_note', arguments: { path: 'Food/Soup' } })
    expect(note.structuredContent).toMatchObject({ text: soup.text })
    expect(called.slice(-2)).toMatchObject([
      { tool: 'search_notes', arguments: { query: 'leeks' }, status: 'ok', found: 1 },
      { tool: 'read_note', arguments: { path: 'Food/Soup' }, status: 'ok', found: 1 }
    ])
  }
)

test('gives no more than the scopes it was started with', async () => {
  const client = await connect(['--in', 'vault/Food', '--in', 'vault/Projects'])
  const found = await client.callTool({ name: 'search_notes', arguments: { query: 'Boil' } })
  expect(searched.at(-1)).toMatchObject({ in: 'vault/Food,vault/Projects' })
  expect(found.structuredContent).toMatchObject({ passages: [{ path: 'Food/Soup.md' }] })
  const note = await client.callTool({ name: 'read_note', arguments: { path: 'Diary/Today.md' } })
  expect(note.isError).toBe(true)
})

test('a scope that names nothing is refused at once, rather than to give nothing later', async () => {
  const { ended } = start('--in', 'My Vault')
  expect(await ended).toEqual({
    code: 2,
    stdout: '',
    stderr: 'homeport: --in takes a source, source/Folder or source#tag, not "My Vault".\n'
  })
})

test('ends when its client closes stdin, and has written nothing but the protocol', async () => {
  const { child, say, ended } = start()
  say(initialize)
  say({ jsonrpc: '2.0', method: 'notifications/initialized' })
  say({
    jsonrpc: '2.0',
    id: 2,
    method: 'tools/call',
    params: { name: 'search_notes', arguments: { query: 'Boil' } }
  })
  await vi.waitFor(() => expect(searched.at(-1)).toMatchObject({ q: 'Boil' }), 10_000)
  say('no message')
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunk.includes('"id":2')) child.stdin.end()
  })
  const { code, stdout, stderr } = await ended
  expect(code).toBe(0)
  expect(stderr).toBe('')
  const messages = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  for (const message of messages) expect(message.jsonrpc).toBe('2.0')
  expect(messages.map(({ id }) => id)).toEqual(expect.arrayContaining([1, 2]))
})

test('ends in order when it is asked to', async () => {
  const { child, say, ended } = start()
  child.stdout.once('data', () => child.kill('SIGTERM'))
  say(initialize)
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
})

test('what the daemon refuses is told to the model', async () => {
  const client = await connect()
  const answer = await client.callTool({
    name: 'read_note',
    arguments: { path: 'None.md', source: 'vault' }
  })
  expect(answer.isError).toBe(true)
  expect(answer.content).toEqual([
    { type: 'text', text: 'There is no note "None.md". Find its path with search_notes.' }
  ])
})

test('goes on with the daemon that took the place of another', async () => {
  const client = await connect()
  const call = () => client.callTool({ name: 'search_notes', arguments: { query: 'leeks' } })
  expect((await call()).isError).toBeFalsy()
  await running.close()
  await startDaemon()
  expect(await call()).toMatchObject({ structuredContent: { passages: [{ path: 'Food/Soup.md' }] } })
})

test('a call that its client gives up ends in the daemon too, and leaves the connection as it was', async () => {
  const client = await connect()
  const givenUp = new AbortController()
  const waiting = client.callTool(
    { name: 'search_notes', arguments: { query: 'wait' } },
    { signal: givenUp.signal }
  )
  await begun.promise
  givenUp.abort(new Error('given up'))
  await expect(waiting).rejects.toThrow('given up')
  await stopped.promise
  const answer = await client.callTool({ name: 'search_notes', arguments: { query: 'leeks' } })
  expect(answer.isError).toBeFalsy()
})
