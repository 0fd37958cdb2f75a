import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestHub, type TestHub } from '../hub/hub-server.test-support.ts'
import { parseCatalogFile, readCatalogFile } from './catalog-file.ts'

const script = fileURLToPath(new URL('../../../resources/models/build-on-device.mjs', import.meta.url))
const oid = 'b'.repeat(64)
let folder: string
let hub: TestHub

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-catalog-'))
  hub = await startTestHub()
})
afterEach(async () => {
  await hub.close()
  rmSync(folder, { recursive: true })
})

/** Runs the script on two models of the catalog, at a hub that has the files of those repositories. */
async function build(has: (repo: string) => boolean) {
  const path = join(folder, 'on-device.json')
  const catalog = readCatalogFile()
  const models = catalog.models.slice(0, 2)
  writeFileSync(path, JSON.stringify({ ...catalog, models }))
  hub.onHub = (request, response) => {
    const model = models.find(({ repo }) => request.url?.includes(`/${repo}/`))
    if (model === undefined || !has(model.repo)) response.writeHead(404).end()
    else {
      const entries = model.files.map(({ file }, index) => ({ path: file, lfs: { oid, size: 1000 + index } }))
      response.end(JSON.stringify(entries))
    }
    return true
  }
  const ran = promisify(execFile)(process.execPath, [script, path], { env: { HF_ENDPOINT: hub.url } })
  const code = await ran.then(
    () => 0,
    (error: { code: number }) => error.code
  )
  return { code, catalog: parseCatalogFile(JSON.parse(readFileSync(path, 'utf8'))) }
}

test('sizes and hashes are those of the hub, and no longer approximate', async () => {
  const { code, catalog } = await build(() => true)
  expect(code).toBe(0)
  expect(catalog.checkedWithHub).not.toBeNull()
  for (const { files } of catalog.models) {
    expect(files[0]).toMatchObject({ sizeBytes: 1000, sha256: oid, approximate: false })
  }
})

test('what the hub does not have stays approximate, and nothing counts as checked', async () => {
  const [first, second] = readCatalogFile().models
  const { code, catalog } = await build((repo) => repo === first?.repo)
  expect(code).toBe(1)
  expect(catalog.checkedWithHub).toBeNull()
  expect(catalog.models[0]?.files[0]).toMatchObject({ approximate: false })
  expect(catalog.models[1]?.files).toEqual(second?.files)
})
