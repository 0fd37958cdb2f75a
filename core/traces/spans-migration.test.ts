import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { newTraceId } from '../lib/ids.ts'
import { silentLogger } from '../lib/logger.ts'
import { migrationsFolder } from '../store/migration-files.ts'
import { openStore } from '../store/open-store.ts'
import { readable } from './trace-samples.test-support.ts'
import { openTraces } from './traces.ts'

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-spans-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The migrations before a call's spans stood in its trace. */
function oldMigrations(): URL {
  const folder = temporaryFolder()
  cpSync(fileURLToPath(migrationsFolder), folder, { recursive: true })
  for (const name of readdirSync(join(folder, 'traces')))
    if (name >= '0009') rmSync(join(folder, 'traces', name))
  return pathToFileURL(`${folder}/`)
}

const insertTrace = `
  INSERT INTO traces (id, started_at, duration_ms, status, app, dialect, model, title, cost, stream, stages, warnings)
  VALUES (?, 0, 1, 'ok', 'Editor', 'openai-chat', 'up/gpt-4o', '', '{"kind":"free"}', 0, ?, '[]')`
const insertSpan = `
  INSERT INTO spans (trace_id, id, name, kind, start_us, duration_us, status, attributes)
  VALUES (?, 'looked-up', 'retrieve', 'retrieval', 7, 1, 'ok', '{"retrieval.query":"xylophone"}')`
const stage = {
  id: 'stage',
  parentId: null,
  name: 'route',
  kind: 'stage',
  startUs: 3,
  durationUs: 9,
  status: 'ok',
  note: null,
  firstTokenUs: null
}

test('an older trace has all its spans, and what was looked up for it goes with its texts', async () => {
  const dataDir = temporaryFolder()
  const old = await openStore({ dataDir, logger: silentLogger, migrations: oldMigrations() })
  const id = newTraceId()
  await old.write('traces', [
    { sql: insertTrace, params: [id, JSON.stringify([stage])] },
    { sql: insertSpan, params: [id] }
  ])
  await old.close()

  const store = await openStore({ dataDir, logger: silentLogger })
  onTestFinished(() => store.close())
  const retention = () => ({ bodyDays: 30, traceDays: 365, bodyMegabytes: 4096 })
  const traces = readable(openTraces({ store, dataDir, retention, logger: silentLogger }))
  onTestFinished(() => traces.close())
  expect((await traces.get(id))?.spans).toMatchObject([
    stage,
    { id: 'looked-up', attributes: { 'retrieval.query': 'xylophone' } }
  ])
  await traces.erase([id], 'texts')
  expect((await traces.get(id))?.spans[1]).not.toHaveProperty('attributes')
})
