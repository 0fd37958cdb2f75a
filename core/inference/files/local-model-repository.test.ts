import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../store/store.ts'
import { soundGguf } from './gguf-mutations.test-support.ts'
import { LocalModelRepository } from './local-model-repository.ts'
import { ModelSettingsRepository } from './model-settings-repository.ts'
import { readSummary } from './read-shape.test-support.ts'
import { openModelStore } from './store.test-support.ts'

const migration = (name: string) =>
  readFileSync(new URL(`../../store/migrations/homeport/${name}.sql`, import.meta.url), 'utf8')

describe('the table of model files', () => {
  let folder: string
  let store: Store
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-table-'))
    store = await openModelStore(folder)
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })

  test('gives back what was saved', async () => {
    const { chatTemplate: _, ...summary } = readSummary(soundGguf)
    const record = {
      ...summary,
      id: 'fuzzed',
      name: 'Fuzzed',
      path: '/models/fuzzed.gguf',
      origin: 'lm-studio' as const,
      sizeBytes: 4096,
      modifiedAt: 1_795_000_000_000,
      problem: null
    }
    const repository = new LocalModelRepository(store)
    await repository.save(record)
    expect(repository.all()).toEqual([record])
    const broken = { ...record, shape: null, problem: 'the file ends in the middle of its header' }
    await repository.save(broken)
    expect(repository.all()).toEqual([broken])
  })

  test('reads settings of another version as far as they are known', async () => {
    await store.write('homeport', [
      {
        sql: 'INSERT INTO local_model_settings (model_id, settings) VALUES (?, ?), (?, ?)',
        params: ['older', '{"contextTokens":4096}', 'strange', '{"contextTokens":"many"}']
      }
    ])
    const all = new ModelSettingsRepository(store).all()
    expect(all.get('older')).toMatchObject({ contextTokens: 4096, kvCache: 'f16', idleMinutes: 10 })
    expect(all.has('strange')).toBe(false)
  })
})

test('models known before this version keep their ids and are read again', () => {
  const database = new DatabaseSync(':memory:')
  database.exec(migration('0005-local-models'))
  database.exec(`INSERT INTO local_models VALUES
    ('one', '/models/one.gguf', 'folder', 10, 1795000000000, 'One', 'llama', 7, 'Q8_0', 2048, 'ab', NULL),
    ('two', '/else/two.gguf', 'added', 20, 1795000000000, 'Two', NULL, NULL, NULL, NULL, NULL, 'it is cut off')`)
  database.exec(migration('0009-local-model-settings'))
  const rows = database.prepare('SELECT id, path, origin, modified_at, kind, problem FROM local_models').all()
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { id: 'one', path: '/models/one.gguf', origin: 'folder', modified_at: 0, kind: 'chat', problem: null },
    {
      id: 'two',
      path: '/else/two.gguf',
      origin: 'added',
      modified_at: 0,
      kind: 'chat',
      problem: 'it is cut off'
    }
  ])
  database.close()
})
