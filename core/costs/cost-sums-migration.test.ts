import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { migrationsFolder } from '../store/migration-files.ts'
import { openStore } from '../store/open-store.ts'
import { openCosts } from './costs.ts'

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-sums-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The migrations before sums were kept. */
function oldMigrations(): URL {
  const folder = temporaryFolder()
  cpSync(fileURLToPath(migrationsFolder), folder, { recursive: true })
  for (const name of readdirSync(join(folder, 'homeport')))
    if (name >= '0011') rmSync(join(folder, 'homeport', name))
  return pathToFileURL(`${folder}/`)
}

const insertOld = `
  INSERT INTO ledger (trace_id, started_at, caller_kind, caller_id, dialect, stream, model, provider_id, provider_model,
    status, input_total, output_total, cost_kind, cost_nano_usd, duration_ms)
  VALUES (?, ?, 'app-key', 'key-1', 'openai-chat', 1, 'fast', ?, ?, ?, ?, ?, ?, ?, 10.6)`
const at = new Date('2026-11-05T12:00:00').getTime()
const oldCalls = [
  ['a', at, 'up', 'gpt-4o', 'ok', 10, 5, 'priced', 700],
  ['b', at + 1, 'up', 'gpt-4o', 'ok', 20, 5, 'priced', 41],
  ['c', at + 3_600_000, 'up', 'rare', 'ok', 1, 1, 'unknown', null],
  ['d', at, 'up', 'rare', 'error', null, null, 'unknown', null],
  ['e', at, 'on-device', 'tiny', 'ok', 3, 3, 'free', null],
  ['f', at, null, null, 'error', null, null, 'free', null]
]

test('calls booked before sums were kept are in them', async () => {
  const dataDir = temporaryFolder()
  const old = await openStore({ dataDir, logger: silentLogger, migrations: oldMigrations() })
  await old.write(
    'homeport',
    oldCalls.map((params) => ({ sql: insertOld, params }))
  )
  await old.close()

  const store = await openStore({ dataDir, logger: silentLogger })
  onTestFinished(() => store.close())
  const costs = openCosts({
    store,
    names: { provider: () => null, appKey: () => null },
    price: () => ({ kind: 'unknown' }),
    onDevicePower: () => null,
    onDeviceContext: () => null,
    now: () => at
  })
  const { rows, total } = costs.table({ by: 'model', limit: 100 })
  expect(total).toMatchObject({
    calls: 6,
    nanoUsd: 741,
    unknownPriceCalls: 1,
    onDeviceCalls: 1,
    onDeviceMs: 11,
    inputTokens: 34,
    failedCalls: 2
  })
  expect(rows.map(({ key, calls }) => [key, calls])).toEqual([
    ['up/gpt-4o', 2],
    ['up/rare', 2],
    [null, 1],
    ['on-device/tiny', 1]
  ])
  expect([...costs.pages(0, at * 2)].flat()).toHaveLength(6)
})
