import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tinyGguf } from '../../../test/support/tiny-gguf.ts'
import { sendFile } from '../hub/hub-server.test-support.ts'
import { type DownloadBench, FILE, openBench, REPO, wanted } from './downloads.test-support.ts'

const bytes = tinyGguf()
const half = Math.floor(bytes.length / 2)
let bench: DownloadBench

beforeEach(async () => {
  bench = await openBench()
  bench.hub.files.set(`${REPO}/${FILE}`, bytes)
})
afterEach(() => bench.close())

const ranges = () =>
  bench.hub.requests
    .filter(({ at, method }) => at === 'cdn' && method === 'GET')
    .map(({ headers }) => headers.range)

/** Lets the file come as far as its half, and then no further until it is stopped. */
function stopAtHalf(): void {
  bench.hub.onCdn = (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, half))
    return true
  }
}
const untilHalf = async () => {
  const { id } = await bench.until('downloading')
  await expect
    .poll(() => bench.downloads.list()[0]?.receivedBytes, { interval: 5, timeout: 10_000 })
    .toBe(half)
  return id
}

describe('a download', () => {
  test('brings a model into its place, verified, and says which model it is', async () => {
    const started = await bench.downloads.start(wanted)
    expect(started).toMatchObject({ ...wanted, name: 'some-model-Q4_K_M', modelId: null })
    expect(await bench.until('done')).toMatchObject({
      id: started.id,
      sizeBytes: bytes.length,
      receivedBytes: bytes.length,
      modelId: 'some-model',
      problem: null
    })
    expect(readFileSync(bench.target)).toEqual(bytes)
    expect(bench.installed).toEqual([bench.target])
    expect(bench.partials()).toEqual([])
  })

  test('of a split model brings all parts, and its first part last', async () => {
    const parts = [1, 2, 3].map((part) => `Q4/big-0000${part}-of-00003.gguf`)
    for (const part of parts) bench.hub.files.set(`${REPO}/${part}`, bytes)
    await bench.downloads.start({ repo: REPO, file: parts[0] ?? '', revision: 'main' })
    expect(await bench.until('done')).toMatchObject({ name: 'big', sizeBytes: 3 * bytes.length })
    for (const part of parts) expect(existsSync(join(bench.modelsDir, REPO, part.slice(3)))).toBe(true)
  })

  test('asks all of one state of the repository', async () => {
    bench.hub.commit = 'a'.repeat(40)
    await bench.downloads.start(wanted)
    await bench.until('done')
    expect(bench.hub.requests.filter(({ at }) => at === 'hub').map(({ path }) => path.split('/')[4])).toEqual(
      ['main', 'a'.repeat(40)]
    )
  })

  test('goes on where it was paused', async () => {
    stopAtHalf()
    await bench.downloads.start(wanted)
    const id = await untilHalf()
    expect(await bench.downloads.setPaused(id, true)).toMatchObject({ state: 'paused', receivedBytes: half })
    expect(existsSync(bench.target)).toBe(false)
    bench.hub.onCdn = () => false
    await bench.downloads.setPaused(id, false)
    await bench.until('done')
    expect(ranges()).toEqual([undefined, `bytes=${half}-`])
    expect(readFileSync(bench.target)).toEqual(bytes)
  })

  test('that was running goes on by itself after a restart, one that was paused does not', async () => {
    stopAtHalf()
    await bench.downloads.start(wanted)
    await untilHalf()
    bench.hub.onCdn = () => false
    await bench.reopen()
    await bench.until('done')
    expect(ranges().at(-1)).toBe(`bytes=${half}-`)

    stopAtHalf()
    bench.hub.files.set(`${REPO}/other.gguf`, bytes)
    const { id } = await bench.downloads.start({ ...wanted, file: 'other.gguf' })
    await bench.until('downloading', id)
    await bench.downloads.setPaused(id, true)
    await bench.reopen()
    expect(bench.downloads.list().map(({ state }) => state)).toEqual(['done', 'paused'])
  })

  test('that is cancelled leaves nothing', async () => {
    stopAtHalf()
    await bench.downloads.start(wanted)
    const id = await untilHalf()
    await bench.downloads.remove(id)
    expect(bench.downloads.list()).toEqual([])
    expect(bench.partials()).toEqual([])
    expect(bench.removed).toEqual([id])
    await bench.reopen()
    expect(bench.downloads.list()).toEqual([])
    await expect(bench.downloads.remove(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('that is started twice is one', async () => {
    const [one, other] = await Promise.all([bench.downloads.start(wanted), bench.downloads.start(wanted)])
    expect(one.id).toBe(other.id)
    await bench.until('done')
    await expect(bench.downloads.start(wanted)).rejects.toMatchObject({ code: 'conflict' })
    rmSync(bench.target)
    await bench.downloads.start(wanted)
    await bench.until('done')
    expect(readFileSync(bench.target)).toEqual(bytes)
  })

  test('never replaces a file that is there', async () => {
    mkdirSync(dirname(bench.target), { recursive: true })
    writeFileSync(bench.target, 'mine')
    await expect(bench.downloads.start(wanted)).rejects.toMatchObject({ code: 'conflict' })
    rmSync(bench.target)
    await bench.reopen({
      check: async () => {
        writeFileSync(bench.target, 'mine')
      }
    })
    await bench.downloads.start(wanted)
    expect(await bench.until('failed')).toMatchObject({ problem: expect.stringContaining('already') })
    expect(readFileSync(bench.target, 'utf8')).toBe('mine')
  })

  test('waits while as many run as are set', async () => {
    await bench.reopen({ parallel: () => 1 })
    stopAtHalf()
    const first = await bench.downloads.start(wanted)
    bench.hub.files.set(`${REPO}/other.gguf`, bytes)
    const second = await bench.downloads.start({ ...wanted, file: 'other.gguf' })
    await untilHalf()
    expect(bench.downloads.list().map(({ state }) => state)).toEqual(['downloading', 'queued'])
    bench.hub.onCdn = () => false
    await bench.downloads.setPaused(first.id, true)
    await bench.until('done', second.id)
    expect(bench.downloads.list()[0]).toMatchObject({ state: 'paused' })
  })

  test('that waits begins when more may run', async () => {
    let parallel = 1
    await bench.reopen({ parallel: () => parallel })
    stopAtHalf()
    await bench.downloads.start(wanted)
    bench.hub.files.set(`${REPO}/other.gguf`, bytes)
    const second = await bench.downloads.start({ ...wanted, file: 'other.gguf' })
    await untilHalf()
    parallel = 2
    bench.downloads.parallelChanged()
    await bench.until('downloading', second.id)
  })

  test('is told about, to its end', async () => {
    await bench.downloads.start(wanted)
    const { id } = await bench.until('done')
    await expect.poll(() => bench.events.at(-1)).toMatchObject({ id, state: 'done' })
    expect(bench.events[0]).toMatchObject({ id, state: 'queued' })
  })
})

describe('a file that does not fit', () => {
  test('is not begun', async () => {
    await bench.reopen({ freeBytes: async () => bytes.length })
    await bench.downloads.start(wanted)
    expect(await bench.until('failed')).toMatchObject({
      problem: expect.stringMatching(/too little room.*Make room/)
    })
    expect(ranges()).toEqual([])
  })

  test('counts what other downloads will take', async () => {
    stopAtHalf()
    await bench.reopen({ freeBytes: async () => (512 << 20) + 1.2 * bytes.length })
    const first = await bench.downloads.start(wanted)
    await bench.until('downloading', first.id)
    await untilHalf()
    bench.hub.files.set(`${REPO}/other.gguf`, bytes)
    const second = await bench.downloads.start({ ...wanted, file: 'other.gguf' })
    expect(await bench.until('failed', second.id)).toMatchObject({ problem: expect.stringContaining('room') })
  })

  test('because the disk has filled meanwhile keeps what has come, and goes on from there', async () => {
    let free = 2 ** 40
    stopAtHalf()
    await bench.reopen({ freeBytes: async () => free })
    const { id } = await bench.downloads.start(wanted)
    await untilHalf()
    await bench.downloads.setPaused(id, true)
    bench.hub.onCdn = () => {
      free = 0
      return false
    }
    await bench.downloads.setPaused(id, false)
    expect(await bench.until('failed')).toMatchObject({ receivedBytes: half })
    bench.hub.onCdn = () => false
    free = 2 ** 40
    await bench.downloads.setPaused(id, false)
    await bench.until('done')
    expect(ranges().slice(1)).toEqual([`bytes=${half}-`, `bytes=${half}-`])
  })

  test('goes on once there is room', async () => {
    let free = 0
    await bench.reopen({ freeBytes: async () => free })
    const { id } = await bench.downloads.start(wanted)
    await bench.until('failed')
    free = 2 ** 40
    await bench.downloads.setPaused(id, false)
    await bench.until('done')
  })
})

describe('what arrives', () => {
  test('is no model before its bytes are those the hub named; damaged twice, it fails', async () => {
    const damaged = Buffer.from(bytes)
    damaged[damaged.length - 1] = 255 - (bytes.at(-1) ?? 0)
    bench.hub.onCdn = (request, response) => {
      sendFile(request, response, damaged)
      return true
    }
    await bench.downloads.start(wanted)
    expect(await bench.until('failed')).toMatchObject({ problem: expect.stringContaining('damaged') })
    expect(ranges()).toEqual([undefined, undefined])
    expect(existsSync(bench.target)).toBe(false)
    expect(bench.partials()).toEqual([])
    expect(bench.installed).toEqual([])
  })

  test('damaged once is fetched again', async () => {
    let times = 0
    bench.hub.onCdn = (request, response) => {
      times += 1
      if (times > 1) return false
      sendFile(request, response, Buffer.alloc(bytes.length))
      return true
    }
    await bench.downloads.start(wanted)
    await bench.until('done')
    expect(readFileSync(bench.target)).toEqual(bytes)
  })

  test('is checked as a model, too: what is none never appears', async () => {
    bench.hub.files.set(`${REPO}/${FILE}`, tinyGguf({ broken: 'tensor-past-end' }))
    await bench.downloads.start(wanted)
    expect(await bench.until('failed')).toMatchObject({ problem: expect.stringContaining('cannot be used') })
    expect(existsSync(bench.target)).toBe(false)
    expect(bench.partials()).toEqual([])
  })

  test('is held to a hash that was known before where the hub names none', async () => {
    bench.hub.knowsFiles = false
    await bench.reopen({ knownSha256: () => 'b'.repeat(64) })
    await bench.downloads.start(wanted)
    expect(await bench.until('failed')).toMatchObject({ problem: expect.stringContaining('damaged') })
  })

  test('is dropped when the disk lost a part of it', async () => {
    stopAtHalf()
    await bench.downloads.start(wanted)
    const id = await untilHalf()
    await bench.downloads.setPaused(id, true)
    const partial = join(bench.modelsDir, '.partial', bench.partials()[0] ?? '')
    writeFileSync(partial, Buffer.alloc(half))
    bench.hub.onCdn = () => false
    await bench.downloads.setPaused(id, false)
    await bench.until('done')
    expect(ranges().slice(1)).toEqual([`bytes=${half}-`, undefined])
    expect(readFileSync(bench.target)).toEqual(bytes)
  })
})
