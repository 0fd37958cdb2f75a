import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tinyGguf } from '../../../test/support/tiny-gguf.ts'
import { type Answer, sendFile, tagOf } from '../hub/hub-server.test-support.ts'
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
    .filter(({ method, path }) => method === 'GET' && path.endsWith(FILE))
    .map(({ headers }) => headers.range)
const cdnRanges = () =>
  bench.hub.requests.filter(({ at }) => at === 'cdn').map(({ headers }) => headers.range)

/** The answers of the server with the bytes, one after the other; then it answers as usual. */
function cdnAnswers(...answers: Answer[]): void {
  bench.hub.onCdn = (request, response) => answers.shift()?.(request, response) ?? false
}
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(code, headers).end('no')
    return true
  }
const sendHalf: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': bytes.length, etag: tagOf(bytes) })
  response.write(bytes.subarray(0, half))
  return true
}
const cutAtHalf: Answer = (request, response) => {
  void sendHalf(request, response)
  setTimeout(() => response.destroy(), 20)
  return true
}
const ignoreRange: Answer = (request, response) => {
  delete request.headers.range
  sendFile(request, response, bytes)
  return true
}

async function complete(): Promise<void> {
  await bench.downloads.start(wanted)
  await bench.until('done')
  expect(readFileSync(bench.target)).toEqual(bytes)
}

async function failWith(problem: RegExp): Promise<void> {
  await bench.downloads.start(wanted)
  expect(await bench.until('failed')).toMatchObject({ problem: expect.stringMatching(problem) })
  expect(existsSync(bench.target)).toBe(false)
}

describe('a download goes on', () => {
  test('where the connection was cut', async () => {
    cdnAnswers(cutAtHalf)
    await complete()
    expect(cdnRanges()).toEqual([undefined, `bytes=${half}-`])
    expect(bench.pauses).toEqual([1])
  })

  test('where the server fell silent', async () => {
    cdnAnswers(sendHalf)
    await complete()
    expect(cdnRanges()).toEqual([undefined, `bytes=${half}-`])
  })

  test('however often it is cut, while it gets on', async () => {
    const eighth = Math.floor(bytes.length / 8)
    cdnAnswers(
      ...Array.from(
        { length: 7 },
        (_, index): Answer =>
          (_request, response) => {
            response.writeHead(index === 0 ? 200 : 206, {
              'content-length': bytes.length - index * eighth,
              'content-range': `bytes ${index * eighth}-${bytes.length - 1}/${bytes.length}`
            })
            response.write(bytes.subarray(index * eighth, (index + 1) * eighth))
            // only what the other side has read by then counts
            setTimeout(() => response.destroy(), 100)
            return true
          }
      )
    )
    await complete()
    expect(new Set(bench.pauses)).toEqual(new Set([1]))
  })

  test('after the server could not answer, ever more patiently', async () => {
    cdnAnswers(status(503), status(500), status(502))
    await complete()
    expect(bench.pauses).toEqual([1, 2, 3])
  })

  test('when the server says, after it was asked too often', async () => {
    bench.hub.onHub = (request, response) => {
      if (request.method === 'HEAD' || bench.pauses.length > 0) return false
      response.writeHead(429, { 'retry-after': '7' }).end()
      return true
    }
    await complete()
    expect(bench.pauses).toEqual([7000])
  })
})

describe('a download starts over', () => {
  test('when the server knows no parts of files', async () => {
    cdnAnswers(cutAtHalf, ignoreRange)
    await complete()
    expect(cdnRanges()).toHaveLength(2)
  })

  test('when the server does not have the part that is missing', async () => {
    cdnAnswers(cutAtHalf, status(416))
    await complete()
    expect(cdnRanges()).toEqual([undefined, `bytes=${half}-`, undefined])
  })

  test('when another part comes than was asked for', async () => {
    cdnAnswers(cutAtHalf, (_, response) => {
      response
        .writeHead(206, {
          'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
          'content-length': bytes.length
        })
        .end(bytes)
      return true
    })
    await complete()
    expect(cdnRanges()).toEqual([undefined, `bytes=${half}-`, undefined])
  })

  test('when more comes than the file has', async () => {
    cdnAnswers((_, response) => {
      response.writeHead(200)
      response.end(Buffer.concat([bytes, bytes]))
      return true
    })
    await complete()
  })

  test('when the hub has another file than before', async () => {
    const newer = tinyGguf({ name: 'newer' })
    cdnAnswers(cutAtHalf, (request, response) => {
      sendFile(request, response, newer)
      return true
    })
    bench.hub.onHub = (request) => {
      if (request.method === 'GET' && cdnRanges().length === 1) bench.hub.files.set(`${REPO}/${FILE}`, newer)
      return false
    }
    await bench.downloads.start(wanted)
    await bench.until('done')
    expect(readFileSync(bench.target)).toEqual(newer)
  })

  test('when a server without hashes tags the file differently, and asks for nothing of the old one', async () => {
    bench.hub.knowsFiles = false
    const newer = tinyGguf({ name: 'newer' })
    let gets = 0
    bench.hub.onHub = (request, response) => {
      if (request.method !== 'GET') return false
      gets += 1
      if (gets === 1) return cutAtHalf(request, response)
      bench.hub.files.set(`${REPO}/${FILE}`, newer)
      return false
    }
    await bench.downloads.start(wanted)
    await bench.until('done')
    expect(readFileSync(bench.target)).toEqual(newer)
    expect(ranges()).toEqual([undefined, `bytes=${half}-`, undefined])
    expect(bench.hub.requests.flatMap(({ headers }) => headers['if-range'] ?? [])).toEqual([tagOf(bytes)])
  })
})

describe('a server that says neither size nor hash', () => {
  beforeEach(() => {
    bench.hub.knowsFiles = false
  })

  test('can be downloaded from, and the file is checked as a model', complete)

  test('can be gone on with by its tag', async () => {
    let gets = 0
    bench.hub.onHub = (request, response) => {
      if (request.method === 'HEAD') return status(405)(request, response)
      gets += 1
      return gets === 1 ? cutAtHalf(request, response) : false
    }
    await complete()
    expect(ranges()).toEqual([undefined, `bytes=${half}-`])
  })

  test('without a tag is asked for all again', async () => {
    let gets = 0
    bench.hub.onHub = (request, response) => {
      if (request.method === 'HEAD') return status(405)(request, response)
      gets += 1
      if (gets > 1) return false
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, half))
      setTimeout(() => response.destroy(), 20)
      return true
    }
    await complete()
    expect(ranges()).toEqual([undefined, undefined])
  })

  test('that sends too little is found out by what the model says of itself', async () => {
    bench.hub.files.set(`${REPO}/${FILE}`, bytes.subarray(0, half))
    await failWith(/cannot be used/)
  })
})

describe('a download fails, and says why,', () => {
  test('when nothing comes any more', async () => {
    bench.hub.onCdn = status(503)
    await failWith(/cannot answer now \(503\)/)
    expect(cdnRanges()).toHaveLength(4)
  })

  test('when the server lies about the length', async () => {
    bench.hub.onCdn = (_, response) => {
      response.writeHead(200, { 'content-length': half }).end(bytes.subarray(0, half))
      return true
    }
    await failWith(/another length/)
  })

  test('when only a part ever comes', async () => {
    bench.hub.onCdn = cutAtHalf
    await failWith(/cannot be reached: the connection was cut/)
    expect(bench.partials()).toHaveLength(1)
  })

  test('when the bytes come compressed', async () => {
    bench.hub.onCdn = (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
      return true
    }
    await failWith(/compressed/)
  })

  test.each([
    [401, 'GatedRepo', /agreed to its terms.*someone\/some-model-GGUF/],
    [403, 'GatedRepo', /agreed to its terms/],
    [401, 'RepoNotFound', /does not accept your token/],
    [404, 'EntryNotFound', /no such file in someone\/some-model-GGUF/],
    [404, 'RepoNotFound', /has no someone\/some-model-GGUF/]
  ])('at once when it is refused with %i %s', async (code, errorCode, problem) => {
    bench.hub.onHub = status(code, { 'x-error-code': errorCode })
    await failWith(problem)
    expect(bench.hub.requests).toHaveLength(1)
    expect(bench.pauses).toEqual([])
  })

  test.each([
    ['without encryption', 'http://models.example/file', /not reached over https/],
    ['to a file', 'file:///etc/passwd', /not reached over https/],
    ['with a password', 'https://user:secret@models.example/file', /name or a password/],
    ['to the address of a cloud’s secrets', 'https://169.254.169.254/latest', /none that a server can have/]
  ])('at once when it is passed on %s', async (_, location, problem) => {
    bench.hub.onHub = (request, response) => {
      if (request.method === 'HEAD') return false
      response.writeHead(302, { location }).end()
      return true
    }
    await failWith(problem)
    expect(bench.pauses).toEqual([])
  })

  test('when it is passed on for ever', async () => {
    bench.hub.onCdn = (request, response) => {
      response.writeHead(302, { location: request.url }).end()
      return true
    }
    await failWith(/redirects too often/)
  })
})
