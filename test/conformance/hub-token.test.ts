import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createOnDeviceCatalog } from '../../core/inference/catalog/on-device-catalog.ts'
import {
  type DownloadBench,
  FILE,
  openBench,
  REPO,
  wanted
} from '../../core/inference/downloads/downloads.test-support.ts'
import { hubAddress } from '../../core/inference/hub/hub-address.ts'
import { createHubHttp } from '../../core/inference/hub/hub-http.ts'
import { sendFile } from '../../core/inference/hub/hub-server.test-support.ts'
import { tinyGguf } from '../support/tiny-gguf.ts'

// The person's token is for the hub. Wherever the hub passes a request on to, whatever links it names: no other server
// sees the token, nor does the hub when another server sends us back to it.

const bytes = tinyGguf()
let bench: DownloadBench
beforeEach(async () => {
  bench = await openBench()
  bench.hub.files.set(`${REPO}/${FILE}`, bytes)
})
afterEach(() => bench.close())

const seen = (at: 'hub' | 'cdn') =>
  bench.hub.requests.filter((request) => request.at === at).map(({ headers }) => headers.authorization)

test('a download sends it to the hub and not to where the bytes are', async () => {
  await bench.downloads.start(wanted)
  await bench.until('done')
  expect(seen('hub')).toEqual(['Bearer hf_secret', 'Bearer hf_secret'])
  expect(seen('cdn')).toEqual([undefined])
})

test('a resumed download does neither', async () => {
  bench.hub.onCdn = (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, 1000))
    setTimeout(() => response.destroy(), 20)
    bench.hub.onCdn = () => false
    return true
  }
  await bench.downloads.start(wanted)
  await bench.until('done')
  expect(seen('cdn')).toEqual([undefined, undefined])
})

test('another server that sends us back to the hub brings it no token', async () => {
  bench.hub.onCdn = (_, response) => {
    response.writeHead(302, { location: `${bench.hub.url}/back` }).end()
    return true
  }
  bench.hub.onHub = (request, response) => {
    if (request.url !== '/back') return false
    sendFile(request, response, bytes)
    return true
  }
  await bench.downloads.start(wanted)
  await bench.until('done')
  const back = bench.hub.requests.filter(({ path }) => path === '/back')
  expect(back.map(({ headers }) => headers.authorization)).toEqual([undefined])
})

test('no header other than the token’s own carries it, and no address does', async () => {
  await bench.downloads.start(wanted)
  await bench.until('done')
  for (const { headers, path } of bench.hub.requests) {
    expect(path).not.toContain('hf_secret')
    for (const [name, value] of Object.entries(headers)) {
      if (name !== 'authorization') expect(String(value)).not.toContain('hf_secret')
    }
  }
})

test('a list whose next page lies elsewhere is read there without it', async () => {
  bench.hub.onHub = (_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json', link: `<${bench.hub.cdnUrl}/next>; rel="next"` })
      .end('[]')
    return true
  }
  bench.hub.onCdn = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
    return true
  }
  const modelsDir = mkdtempSync(join(tmpdir(), 'homeport-token-'))
  const http = createHubHttp({ token: async () => 'hf_secret', env: {} })
  const catalog = createOnDeviceCatalog({
    http,
    hub: () => hubAddress(bench.hub.url),
    modelsDir,
    fitOf: () => ({
      verdict: 'unknown',
      contextTokens: null,
      memoryBytes: null,
      gpuLayers: null,
      layers: null,
      perContext: []
    }),
    idOfPath: () => null
  })
  await catalog.repoFiles(REPO, 'main')
  await catalog.search('x')
  await http.close()
  rmSync(modelsDir, { recursive: true })
  expect(seen('hub')).toEqual(['Bearer hf_secret', 'Bearer hf_secret'])
  expect(seen('cdn')).toEqual([undefined, undefined])
})
