import { realpathSync, rmSync } from 'node:fs'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AppHandlers } from '../../gateway/app-handlers.ts'
import { createEventHub, type EventHub } from '../../gateway/event-hub.ts'
import { knowledgeHandlers } from '../../gateway/handlers/knowledge-handlers.ts'
import { inProcessClient } from '../../gateway/in-process-client.ts'
import { controlToken, echoHandlers, startGateway } from '../../gateway/testing/small-gateway.ts'
import type { ModelProvider } from '../../providers/spec/provider.ts'
import { writeDaemonFile } from '../../store/daemon-file.ts'
import { prepareDataFolder } from '../../store/data-folder.ts'
import { acquireFolderLock } from '../../store/folder-lock.ts'
import { temporaryFolder } from '../../store/store.test-support.ts'
import { openEmbedders } from '../../vault/embedders/embedders.ts'
import type { Knowledge } from '../../vault/knowledge.ts'
import { folderOf, openTestKnowledge, otherNotes } from '../../vault/vault.test-support.ts'
import type { Connection } from '../connect.ts'
import { indexHere } from '../index-here.ts'
import { runCommand } from './commands.test-support.ts'

// Commands over HTTP against the real handlers and real folders.

const notes = {
  '.obsidian/app.json': '{}',
  'Food/Bread.md': '# Bread\n\n## Dough\n\nThe dough of the sourdough bread rests for eleven hours.',
  'Food/Soup.md': '# Soup\n\nOnion soup needs patience. #recipe',
  ...otherNotes
}
/** One model that costs two cents for a million tokens; what others cost nobody knows. */
const provider: ModelProvider = {
  id: 'acme',
  name: 'Acme',
  kind: 'acme',
  onDevice: false,
  pricing: { vendor: 'acme' },
  listModels: () => [],
  chat: () => Promise.reject(new Error('no chat here')),
  embed: () => Promise.reject(new Error('not asked directly'))
}
const embedders = openEmbedders({
  providers: { callable: new Map([[provider.id, provider]]) },
  ask: async ({ texts }) => texts.map(() => [1, 0, 0, 0]),
  price: (_, model, { input }) =>
    model === 'embed' ? { kind: 'priced', nanoUsd: input.total * 20, source: 'test' } : { kind: 'unknown' }
})

let dataDir: string
const unused = { saveNote: () => Promise.reject(new Error('none')), toolCalled() {} }
let knowledge: Knowledge
let hub: EventHub
let handlers: Partial<AppHandlers>

beforeEach(async () => {
  hub = createEventHub({ capacity: 100 })
  ;({ dataDir, knowledge } = await openTestKnowledge({
    embedders,
    onChange: () => hub.publish({ type: 'knowledge-changed' })
  }))
  handlers = {
    ...knowledgeHandlers({ knowledge, embedders, ...unused }),
    'GET /app/info': async () => ({
      version: '0',
      pid: 1,
      port: 1,
      dataDir,
      modelsDir: dataDir,
      headless: true,
      paused: false,
      secrets: { backend: 'key-file', description: '', keychainProblem: null },
      notices: [],
      inferenceBackend: null
    })
  }
})

/** Runs commands against a daemon that has this knowledge; `typed` is what a person answers at a terminal. */
function homeport(args: string[], typed?: string) {
  const stdin = typed === undefined ? Readable.from([]) : Object.assign(new PassThrough(), { isTTY: true })
  if (stdin instanceof PassThrough) stdin.end(typed)
  return runCommand([...args, '--data-dir', folder], { stdin, env: {} })
}

let folder: string
let closeGateway: () => Promise<void>
let lock: { release(): void }
beforeEach(async () => {
  knowledge.begin()
  folder = temporaryFolder()
  prepareDataFolder(folder)
  lock = acquireFolderLock(folder)
  const { port, close } = await startGateway({ appHandlers: echoHandlers(handlers), events: hub })
  closeGateway = close
  writeDaemonFile(folder, { pid: process.pid, port, version: '0', controlToken })
})
afterEach(async () => {
  await closeGateway()
  lock.release()
})

const json = async (...args: string[]) => JSON.parse((await homeport([...args, '--json'])).out)

describe('vault', () => {
  test('add makes a folder searchable, and status waits for it', { timeout: 30_000 }, async () => {
    const vault = folderOf(notes)
    const added = await homeport(['vault', 'add', vault, '--id', 'notes', '--name', 'My notes'])
    expect(added).toMatchObject({ code: 0, err: 'Added My notes as "notes".\n' })
    expect(added.out).toContain('homeport vault status notes --follow')
    const status = await homeport(['vault', 'status', 'notes', '--follow'])
    expect(status.code).toBe(0)
    expect(status.out).toMatch(/^My notes\nId +notes\nFolder +\/.*\nState +ready\nFiles +8\n/)
    expect((await homeport(['vault', 'list'])).out).toMatch(/notes +My notes +vault +ready +8 +0 +\//)
    expect(await json('vault', 'status', 'My notes')).toMatchObject({
      sources: [{ id: 'notes', state: 'ready', failed: [] }]
    })
  })

  test('add takes a folder from where it is typed, with what is left out', async () => {
    const vault = folderOf(notes)
    const relative = path.relative(realpathSync(process.cwd()), vault)
    const patterns = ['--exclude', 'Others/', '--exclude', '*.png']
    await homeport(['vault', 'add', relative, '--id', 'notes', ...patterns])
    expect(knowledge.sources()).toMatchObject([{ folder: vault, excludes: ['Others/', '*.png'] }])
  })

  test('status names the files that could not be read, and why', { timeout: 30_000 }, async () => {
    const vault = folderOf({ ...notes, 'Broken.pdf': 'no pdf at all' })
    await homeport(['vault', 'add', vault, '--id', 'notes'])
    const { out } = await homeport(['vault', 'status', '--follow'])
    expect(out).toMatch(/Files +8, 1 failed/)
    expect(out).toMatch(/COULD NOT BE READ +WHY\nBroken\.pdf +\S/)
    expect((await json('vault', 'status')).sources[0].failed).toMatchObject([
      { path: 'Broken.pdf', reason: expect.any(String) }
    ])
  })

  test('status --follow --json is one document a line, the last one complete', async () => {
    await homeport(['vault', 'add', folderOf(notes), '--id', 'notes'])
    const { out, err } = await homeport(['vault', 'status', '--follow', '--json'])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.at(-1)).toMatchObject({ sources: [{ id: 'notes', state: 'ready' }] })
    expect(err).toBe('')
  })

  test('status --follow fails where a folder is not there', { timeout: 30_000 }, async () => {
    const vault = folderOf(notes)
    await homeport(['vault', 'add', vault, '--id', 'notes'])
    await homeport(['vault', 'status', '--follow'])
    rmSync(vault, { recursive: true })
    await homeport(['vault', 'rescan', 'notes'])
    await expect
      .poll(async () => (await homeport(['vault', 'status', '--follow'])).code, { timeout: 10_000 })
      .toBe(1)
    expect((await homeport(['vault', 'status'])).out).toMatch(/State +missing\nProblem +\S/)
  })

  test('rm forgets a folder and leaves it as it is', async () => {
    const vault = folderOf(notes)
    await homeport(['vault', 'add', vault, '--id', 'notes', '--name', 'My notes'])
    expect((await homeport(['vault', 'rm', 'notes'])).out).toBe('Forgot My notes. Its folder is as it was.\n')
    expect(knowledge.sources()).toEqual([])
    expect(realpathSync(path.join(vault, 'Food/Bread.md'))).toBeTruthy()
    expect((await homeport(['vault', 'list'])).out).toMatch(/^No folders yet/)
  })

  test('a source that is none is answered with the one that was meant', async () => {
    await homeport(['vault', 'add', folderOf(notes), '--id', 'notes'])
    for (const verb of ['status', 'rm', 'rescan'])
      expect(await homeport(['vault', verb, 'note'])).toMatchObject({
        code: 1,
        err: 'homeport: There is no source "note". Did you mean notes?\n'
      })
  })

  test('a folder that cannot be one is refused', async () => {
    expect(await homeport(['vault', 'add', '/nowhere/at/all'])).toMatchObject({
      code: 1,
      err: 'homeport: There is no such folder\n'
    })
  })
})

describe('an embedder that costs money', () => {
  const add = (typed: string | undefined, ...more: string[]) =>
    homeport(['vault', 'add', folderOf(notes), '--id', 'notes', ...more], typed)

  test('is used only after a yes to what it costs', async () => {
    const no = await add('n\n', '--embedder', 'acme/embed')
    expect(no).toMatchObject({ code: 1, out: '' })
    expect(no.err).toMatch(/8 files of 1 kB, about \d+ tokens: at most about \$0\.01 with acme\/embed\./)
    expect(no.err).toContain('Nothing was added.')
    expect(knowledge.sources()).toEqual([])
    expect((await add('y\n', '--embedder', 'acme/embed')).code).toBe(0)
    expect(knowledge.sources()).toMatchObject([{ embedder: 'acme/embed' }])
  })

  test('is told what it costs without what is left out, before a folder is added and after', async () => {
    const leftOut = ['--exclude', 'Food/', '--exclude', 'no-such.md']
    const no = await add('n\n', '--embedder', 'acme/embed', ...leftOut)
    expect(no.err).toMatch(/^6 files /)
    await add(undefined, ...leftOut)
    const [source] = knowledge.sources()
    const query = { folder: source?.folder ?? '', embedder: 'acme/embed' }
    const estimate = await handlers['GET /app/knowledge/estimate']?.({
      ...{ params: {}, body: {}, signal: AbortSignal.timeout(10_000) },
      query
    })
    expect(estimate).toMatchObject({ files: 6 })
  })

  test('is not used where nobody can be asked, but for --yes', async () => {
    const refused = await add(undefined, '--embedder', 'acme/other')
    expect(refused.err).toContain('what acme/other costs is not known.')
    expect(refused.err).toContain('homeport: Indexing may cost money. Agree to it with --yes')
    expect(refused.code).toBe(1)
    expect((await add(undefined, '--embedder', 'acme/other', '--yes')).code).toBe(0)
  })

  test('the end of input is no yes', async () => {
    expect(await add('', '--embedder', 'acme/embed')).toMatchObject({ code: 1 })
    expect(knowledge.sources()).toEqual([])
  })
})

describe('search', () => {
  const ready = async (files: Record<string, string> = notes) => {
    await homeport(['vault', 'add', folderOf(files), '--id', 'notes'])
    await homeport(['vault', 'status', '--follow'])
  }

  test('shows passages with their place, and how to open it', { timeout: 30_000 }, async () => {
    await ready()
    const { code, out } = await homeport(['search', 'sourdough', 'rests', '--in', 'notes/Food', '--why'])
    expect(code).toBe(0)
    const [title, words, file, url, why] = out.split('\n')
    expect(title).toMatch(/^ 1 {2}Bread(?: › Bread)? › Dough$/)
    expect(words).toBe('    The dough of the sourdough bread rests for eleven hours.')
    expect(file).toBe('    notes/Food/Bread.md')
    expect(url).toMatch(/^ {4}obsidian:\/\/open\?vault=.*Bread.*Dough$/)
    expect(why).toMatch(/^ {4}\d\.\d\d = words \d\.\d\d.*BM25 \d.*sourdough/)
    expect((await json('search', 'sourdough')).hits[0]).toMatchObject({ path: 'Food/Bread.md' })
  })

  test('says what there is to do where nothing is found', { timeout: 30_000 }, async () => {
    expect(await homeport(['search', 'bread'])).toEqual({
      code: 0,
      out: 'There is nothing to search yet. Add a folder with: homeport vault add FOLDER\n',
      err: ''
    })
    await ready()
    const { code, out } = await homeport(['search', '"zyzzyva quokka"'])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/^Nothing was found/) })
  })

  test.each([
    [['--limit', '0'], '--limit takes a number from 1 to 100.'],
    [['--kind', 'song'], '--kind takes one of: markdown, canvas,'],
    [['--in', 'notes,My Vault'], '--in takes a source, source/Folder or source#tag, not "My Vault".']
  ])('refuses %j', async (options, message) => {
    expect(await homeport(['search', 'bread', ...options])).toMatchObject({
      code: 2,
      err: expect.stringContaining(message)
    })
  })

  test('a source that is none is no empty answer', async () => {
    expect(await homeport(['search', 'bread', '--in', 'nobody'])).toMatchObject({ code: 1, out: '' })
  })
})

test('without a daemon a folder is indexed by the command itself', { timeout: 30_000 }, async () => {
  const { knowledge: own } = await openTestKnowledge({
    onChange: () => ownHub.publish({ type: 'knowledge-changed' })
  })
  const ownHub = createEventHub({ capacity: 100 })
  const ownHandlers = echoHandlers(knowledgeHandlers({ knowledge: own, embedders, ...unused }))
  const client = inProcessClient(ownHandlers, ownHub)
  const connection: Connection = {
    ...client,
    subscribe: async (signal) => client.events(signal),
    daemon: null,
    close: async () => {}
  }
  const vault = folderOf(notes)
  const { id } = await connection.invoke('POST /app/knowledge/sources', { body: { folder: vault } })
  const stderr = new PassThrough()
  const host = { stderr, stdin: Readable.from([]), stdout: new PassThrough(), env: {}, spawnChild: noChild }
  const { source, exitCode } = await indexHere(connection, id, host)
  expect({ exitCode, state: source.state, documents: source.documents }).toEqual({
    exitCode: 0,
    state: 'ready',
    documents: 8
  })
})

const noChild = () => {
  throw new Error('no model of this machine is asked here')
}
