import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ModelFit } from '../../contract/local-models.ts'
import { hubAddress } from '../hub/hub-address.ts'
import { createHubHttp, type HubHttp } from '../hub/hub-http.ts'
import { startTestHub, type TestHub } from '../hub/hub-server.test-support.ts'
import { createOnDeviceCatalog, type OfferedModel, type OnDeviceCatalog } from './on-device-catalog.ts'

const fit: ModelFit = {
  verdict: 'cpu',
  contextTokens: 8192,
  memoryBytes: 1,
  gpuLayers: 0,
  layers: 1,
  perContext: []
}
const sha256 = 'a'.repeat(64)
let hub: TestHub
let http: HubHttp
let token: string | null
let asked: OfferedModel[]
let catalog: OnDeviceCatalog

beforeEach(async () => {
  hub = await startTestHub()
  token = null
  asked = []
  http = createHubHttp({ token: async () => token, env: {}, idleTimeoutMs: 200 })
  catalog = createOnDeviceCatalog({
    http,
    hub: () => hubAddress(hub.url),
    modelsDir: '/models',
    fitOf: (model) => {
      asked.push(model)
      return fit
    },
    idOfPath: (path) => (path === join('/models', 'someone/some-GGUF/some-Q4_K_M.gguf') ? 'some-q4' : null)
  })
})
afterEach(async () => {
  await http.close()
  await hub.close()
})

/** The hub answers every request with this. */
function answer(status: number, body: unknown, headers: Record<string, string> = {}): void {
  hub.onHub = (_, response) => {
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body))
    return true
  }
}

const repository = (id: string, more = {}) => ({
  _id: '1',
  id,
  private: false,
  gated: false,
  downloads: 7,
  likes: 3,
  lastModified: '2026-01-02T03:04:05.000Z',
  tags: ['gguf', 'license:mit'],
  ...more
})

describe('the built-in catalog', () => {
  test('asks nobody, and says how each file would do here', async () => {
    const models = await catalog.list()
    expect(hub.requests).toEqual([])
    expect(models.length).toBeGreaterThan(50)
    for (const model of models) {
      expect(model.abilities.vision).toBe(false)
      expect(model.files[0]).toMatchObject({ fit, sizeIsApproximate: expect.any(Boolean), installedAs: null })
    }
    expect(asked.every(({ shape }) => shape !== null)).toBe(true)
  })

  test('knows some files by their hash', () => {
    expect(catalog.knownSha256('ggml-org/SmolLM3-3B-GGUF', 'SmolLM3-Q4_K_M.gguf')).toMatch(/^[0-9a-f]{64}$/)
    expect(catalog.knownSha256('ggml-org/SmolLM3-3B-GGUF', 'SmolLM3-Q8_0.gguf')).toBeNull()
    expect(catalog.knownSha256('nobody/nothing', 'x.gguf')).toBeNull()
  })
})

describe('a search', () => {
  test('finds repositories with GGUF files', async () => {
    answer(200, [
      repository('someone/some-GGUF'),
      repository('other/gated-GGUF', { gated: 'manual', tags: [] })
    ])
    expect(await catalog.search('some model & more')).toEqual([
      {
        repo: 'someone/some-GGUF',
        downloads: 7,
        likes: 3,
        updatedAt: Date.parse('2026-01-02T03:04:05.000Z'),
        licence: 'mit',
        gated: false
      },
      expect.objectContaining({ repo: 'other/gated-GGUF', licence: null, gated: true })
    ])
    const { searchParams } = new URL(
      `http://x${hub.requests[0]?.path.replace('model & more', 'model+%26+more')}`
    )
    expect(searchParams.get('filter')).toBe('gguf')
    expect(searchParams.get('search')).toBe('some model & more')
  })

  test('leaves out what a hub cannot rightly name', async () => {
    answer(200, [
      repository('../../etc/passwd'),
      { nothing: true },
      repository('a/b', { lastModified: 'never' })
    ])
    expect(await catalog.search('x')).toMatchObject([{ repo: 'a/b', updatedAt: null }])
  })

  test.each([
    [429, '', { 'retry-after': '30' }, { code: 'rate-limited', retryAfterSeconds: 30 }],
    [503, '', {}, { code: 'upstream-failed', retryable: true }],
    [200, '<html>Sign in to the network</html>', {}, { code: 'upstream-failed' }],
    [200, '{"not": "a list"}', {}, { code: 'upstream-failed' }]
  ])('that is answered with %i %s fails in words', async (status, body, headers, error) => {
    answer(status, body, headers)
    await expect(catalog.search('x')).rejects.toMatchObject(error)
  })

  test('says that this machine may be offline', async () => {
    await hub.close()
    await expect(catalog.search('x')).rejects.toMatchObject({
      code: 'upstream-unreachable',
      message: expect.stringContaining('cannot be reached')
    })
    hub = await startTestHub()
  })

  test('ends when the hub falls silent', async () => {
    hub.onHub = () => true
    await expect(catalog.search('x')).rejects.toMatchObject({
      code: 'upstream-unreachable',
      message: expect.stringContaining('silent')
    })
  })
})

describe('the files of a repository', () => {
  const entry = (path: string, size: number, oid: string | null = sha256) => ({
    type: 'file',
    path,
    size: oid === null ? size : 134,
    oid: '0'.repeat(40),
    ...(oid !== null && { lfs: { oid, size, pointerSize: 134 } })
  })

  test('are its models, with size, hash, and what is here already', async () => {
    answer(200, [
      { type: 'directory', path: 'BF16', size: 0, oid: '1' },
      entry('some-Q4_K_M.gguf', 4e9),
      entry('some-Q8_0.gguf', 8e9),
      entry('mmproj-F16.gguf', 1e9),
      entry('README.md', 100, null)
    ])
    expect(await catalog.repoFiles('someone/some-GGUF', 'main')).toEqual([
      {
        file: 'some-Q4_K_M.gguf',
        quantization: 'Q4_K_M',
        sizeBytes: 4e9,
        sha256,
        fit,
        installedAs: 'some-q4'
      },
      { file: 'some-Q8_0.gguf', quantization: 'Q8_0', sizeBytes: 8e9, sha256, fit, installedAs: null }
    ])
    expect(hub.requests[0]?.path).toContain('/api/models/someone/some-GGUF/tree/main')
  })

  test('are read page by page', async () => {
    hub.onHub = (request, response) => {
      const isSecond = request.url?.includes('page=2')
      response.writeHead(200, {
        'content-type': 'application/json',
        ...(!isSecond && { link: `<${hub.url}${request.url}&page=2>; rel="next"` })
      })
      response.end(JSON.stringify([entry(isSecond ? 'two-Q8_0.gguf' : 'one-Q4_0.gguf', isSecond ? 2 : 1)]))
      return true
    }
    const files = await catalog.repoFiles('someone/some-GGUF', 'main')
    expect(files.map(({ file }) => file)).toEqual(['one-Q4_0.gguf', 'two-Q8_0.gguf'])
  })

  test('of a branch whose name has slashes are asked of that branch', async () => {
    answer(200, [])
    expect(await catalog.repoFiles('someone/some-GGUF', 'refs/pr/1')).toEqual([])
    expect(hub.requests.map(({ path }) => path)).toEqual([expect.stringContaining('/tree/refs%2Fpr%2F1?')])
  })

  test.each([
    [401, 'GatedRepo', null, 'not-allowed', /token of that account/],
    [403, 'GatedRepo', 'hf_x', 'not-allowed', /with the account of your token/],
    [401, 'RepoNotFound', null, 'not-found', /private/],
    [401, '', 'hf_x', 'not-allowed', /Make a new one/],
    [404, 'RepoNotFound', 'hf_x', 'not-found', /renamed or removed/]
  ])('that are refused with %i %s say what can be done', async (status, code, secret, error, action) => {
    token = secret
    answer(status, '{}', { 'x-error-code': code })
    await expect(catalog.repoFiles('someone/some-GGUF', 'main')).rejects.toMatchObject({
      code: error,
      action: expect.stringMatching(action)
    })
  })
})
