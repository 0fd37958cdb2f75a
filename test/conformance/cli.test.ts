import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type DaemonProcess, startDaemon, temporaryFolder } from '../support/daemon-process.ts'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { runCommand, startCommand } from '../support/homeport-command.ts'
import { writeTinyGguf } from '../support/tiny-gguf.ts'
import { waitUntil } from '../support/wait-until.ts'

// Real `homeport` processes. The first part runs twice: while a daemon has the folder, and while nobody has it.

// Commands are processes: on a busy machine each takes its second.
vi.setConfig({ testTimeout: 60_000 })

let upstream: FakeUpstream
let withoutList: FakeUpstream
beforeAll(async () => {
  upstream = await startFakeUpstream({ apiKey: 'sk-right' })
  withoutList = await startFakeUpstream({ noModelList: true })
})
afterAll(() => Promise.all([upstream.close(), withoutList.close()]))

describe.each(['while the daemon runs', 'while no daemon runs'])('%s', (when) => {
  let daemon: DaemonProcess | null = null
  let dataDir: string
  const homeport = (args: string[], input?: string) => runCommand([...args, '--data-dir', dataDir], input)
  const json = async (...args: string[]) => JSON.parse((await homeport([...args, '--json'])).stdout)

  beforeAll(async () => {
    dataDir = temporaryFolder()
    if (when === 'while the daemon runs') daemon = await startDaemon({ dataDir })
  })
  afterAll(async () => {
    await daemon?.stop()
    daemon = null
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('status says whether it runs', async () => {
    const status = await json('status')
    expect(status).toMatchObject({ running: daemon !== null, dataDir })
    if (daemon) expect(status).toMatchObject({ pid: daemon.pid, port: daemon.file.port })
  })

  test('key create prints the key alone on stdout; it is listed, and revoked by its name', async () => {
    const created = await homeport(['key', 'create', 'my script'])
    expect(created).toMatchObject({ code: 0, stdout: expect.stringMatching(/^hp_[\w-]{40,}\n$/) })
    const { keys } = await json('key', 'list')
    expect(keys).toEqual([expect.objectContaining({ name: 'my script', revokedAt: null })])
    expect(created.stdout.startsWith(keys[0].prefix)).toBe(true)
    expect((await homeport(['key', 'list'])).stdout).toContain('my script')
    expect(await homeport(['key', 'pause', 'my script'])).toMatchObject({ code: 0 })
    expect((await homeport(['key', 'list'])).stdout).toMatch(/my script .* paused/)
    expect(await homeport(['key', 'resume', 'my script'])).toMatchObject({ code: 0 })
    expect((await json('key', 'list')).keys[0].pausedAt).toBeNull()

    if (daemon) {
      const models = () =>
        fetch(`${daemon?.baseUrl}/v1/models`, {
          headers: { authorization: `Bearer ${created.stdout.trim()}` }
        })
      expect((await models()).status).toBe(200)
      expect(await homeport(['key', 'revoke', 'my script'])).toMatchObject({ code: 0 })
      expect((await models()).status).toBe(401)
    } else expect(await homeport(['key', 'revoke', 'my script'])).toMatchObject({ code: 0 })

    expect((await json('key', 'list')).keys[0].revokedAt).toEqual(expect.any(Number))
    expect(await homeport(['key', 'revoke', 'my script'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('There is no key "my script"')
    })
  })

  test('chat without a model says what to do, and takes the only one there is', async () => {
    expect(await homeport(['chat', 'hello'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('homeport model add PATH')
    })
    const models = ['--model', fakeModels.echo]
    const added = await homeport(['provider', 'add', 'plain', '--base-url', withoutList.baseUrl, ...models])
    expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining('1 model') })
    expect((await homeport(['chat', 'to the only one'])).stdout).toContain('to the only one')
    expect(await homeport(['provider', 'remove', 'plain'])).toMatchObject({ code: 0 })
  })

  test('a provider is tested before it is added; its key comes on stdin and is shown nowhere', async () => {
    const add = [
      'provider',
      'add',
      'fake',
      '--type',
      'openai-compatible',
      '--base-url',
      upstream.baseUrl,
      '--key-stdin'
    ]
    const refused = await homeport(add, 'sk-wrong\n')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).not.toContain('sk-wrong')
    expect((await json('provider', 'list')).providers).toEqual([])

    const added = await homeport(add, 'sk-right\n')
    expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining('Added fake') })
    const listed = await homeport(['provider', 'list', '--json'])
    expect(JSON.parse(listed.stdout).providers).toEqual([
      expect.objectContaining({ id: 'fake', hasKey: true })
    ])
    expect(added.stdout + added.stderr + listed.stdout).not.toContain('sk-right')
    expect(await homeport(['provider', 'test', 'fake'])).toMatchObject({ code: 0 })
  })

  test('chat streams the answer to stdout and nothing else', async () => {
    const asked = await homeport(['chat', 'one two three', '--model', `fake/${fakeModels.echo}`])
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^one two three\s*$/), stderr: '' })
    const piped = await homeport(['chat', '-', '--model', `fake/${fakeModels.echo}`], 'from a pipe')
    expect(piped.stdout).toContain('from a pipe')
  })

  test('an unknown model and an upstream that breaks off fail in words', async () => {
    for (const model of ['fake/nothing-like-it', 'nobody/x', `fake/${fakeModels.cut}`]) {
      const failed = await homeport(['chat', 'hello', '--model', model])
      expect(failed.code, model).toBe(1)
      expect(failed.stderr, model).toMatch(/^homeport: \S.*\n$/)
    }
  })

  test('Ctrl-C stops the turn, at the upstream too', async () => {
    const before = upstream.disconnects
    const args = ['chat', 'go on', '--model', `fake/${fakeModels.endless}`, '--data-dir', dataDir]
    const running = startCommand(args)
    await running.untilPrinted(/\w+ \w+/)
    running.kill('SIGINT')
    expect(await running.result).toMatchObject({ code: 130 })
    await waitUntil(() => upstream.disconnects > before)
  })

  test('a GGUF file is added by a path relative to here, listed, and forgotten with the file left alone', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'homeport-gguf-'))
    const file = path.join(folder, 'tiny.gguf')
    writeTinyGguf(file, { name: 'Tiny' })
    const added = await homeport(['model', 'add', path.relative(process.cwd(), file)])
    expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Added on-device\/\S+\.\n$/) })
    const id = /on-device\/\S+(?=\.\n)/.exec(added.stdout)?.[0] ?? ''
    expect((await json('model', 'list')).models.map((model: { id: string }) => model.id)).toContain(id)
    expect((await homeport(['model', 'list'])).stdout).toContain(id)
    expect(await homeport(['model', 'rm', id])).toMatchObject({ code: 0 })
    expect((await json('model', 'list')).localModels).toEqual([])
    expect(statSync(file).size).toBeGreaterThan(0)
    rmSync(folder, { recursive: true })
  })

  test('a provider is removed with its key', async () => {
    expect(await homeport(['provider', 'remove', 'fake'])).toMatchObject({ code: 0 })
    expect((await json('provider', 'list')).providers).toEqual([])
    expect(await homeport(['provider', 'remove', 'fake'])).toMatchObject({ code: 1 })
  })

  test('doctor names what it looked at, and exits by what it found', async () => {
    const { checks } = await json('doctor')
    expect(checks.map((check: { name: string }) => check.name)).toEqual(
      expect.arrayContaining(['Node.js', 'Folder access', 'Daemon', 'Keys'])
    )
    expect(await homeport(['doctor'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Node.js') })
  })

  test('commands at the same time all succeed', async () => {
    const names = ['a', 'b', 'c', 'd']
    const created = await Promise.all(names.map((name) => homeport(['key', 'create', name])))
    expect(created.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    const living = (await json('key', 'list')).keys.filter(
      (key: { revokedAt: null | number }) => key.revokedAt === null
    )
    expect(living.map((key: { name: string }) => key.name).toSorted()).toEqual(names)
  })
})

describe('serve', () => {
  test('prints one line with a link that works once, and ends in order when asked', async () => {
    const dataDir = temporaryFolder()
    const serving = startCommand(['serve', '--port', '0', '--data-dir', dataDir])
    await serving.untilPrinted(/\n/)
    const opened = await runCommand(['open', '--data-dir', dataDir])
    serving.kill('SIGTERM')
    const { code, stdout, stderr } = await serving.result
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Homeport is ready: http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]{20,}\n$/)
    expect(opened.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]{20,}\n$/)
    expect(stdout).not.toContain(opened.stdout.trim())
    expect(await runCommand(['open', '--data-dir', dataDir])).toMatchObject({
      code: 1,
      stderr: 'homeport: Homeport is not running. Start it with: homeport serve\n'
    })
    rmSync(dataDir, { recursive: true })
  })

  test('a second one on the same folder says who has it and how to get there', async () => {
    const daemon = await startDaemon()
    const second = await runCommand(['serve', '--port', '0', '--data-dir', daemon.dataDir])
    expect(second).toMatchObject({ code: 1, stdout: '' })
    expect(second.stderr).toContain(`on port ${daemon.file.port} (process ${daemon.pid})`)
    expect(second.stderr).toContain('homeport open')
    await daemon.stop()
  })

  test('a taken port is named with who has it, and the folder is given free', async () => {
    const other = createServer((_, response) => response.end('something else'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const dataDir = temporaryFolder()
    const serving = await runCommand(['serve', '--port', String(port), '--data-dir', dataDir])
    expect(serving).toMatchObject({ code: 1, stdout: '' })
    expect(serving.stderr).toMatch(new RegExp(`^homeport: Port ${port} is already used by .+ --port\\.?\\n$`))
    expect(await runCommand(['status', '--data-dir', dataDir])).toMatchObject({
      stdout: expect.stringContaining('not running')
    })
    other.close()
    rmSync(dataDir, { recursive: true })
  })

  test('a daemon that was killed leaves nothing in the way', async () => {
    const killed = await startDaemon()
    await killed.kill()
    expect(await runCommand(['status', '--json', '--data-dir', killed.dataDir])).toMatchObject({
      stdout: expect.stringContaining('"running": false')
    })
    expect(await runCommand(['key', 'create', 'x', '--data-dir', killed.dataDir])).toMatchObject({ code: 0 })
    const again = await startDaemon({ dataDir: killed.dataDir })
    await again.stop()
  })
})

test('what is typed wrongly ends with 2, one line on stderr and nothing on stdout', async () => {
  for (const args of [['serv'], ['key'], ['status', '--jsn'], ['serve', '--port', 'x']])
    expect(await runCommand(args), args.join(' ')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^homeport: .+\n$/)
    })
})
