import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import type { Provider } from '../../contract/models.ts'
import { doctorChecks } from './doctor-checks.ts'

const provider = (id: string, models: string[]): Provider => ({
  id,
  kind: 'openai',
  name: id,
  baseUrl: 'https://api.openai.com/v1',
  hasKey: true,
  keyCount: 1,
  options: {},
  pricing: 'auto',
  models,
  createdAt: 1,
  lastTest: { ok: true, at: 1, message: 'Works.', latencyMs: 1 }
})

test('providers that work are listed with the number of their models', async () => {
  const checks = await doctorChecks({
    dataDir: tmpdir(),
    secrets: { backend: 'keychain', description: 'Keys are in the keychain.', keychainProblem: null },
    providers: [provider('one', ['a']), provider('two', ['a', 'b'])],
    localModels: [],
    engine: {
      state: 'stopped',
      backend: null,
      devices: [],
      memory: { budgetBytes: 2e9, usedBytes: 0, systemTotalBytes: 4e9, systemFreeBytes: 3e9 },
      models: []
    },
    modelsDir: tmpdir(),
    notices: []
  })
  expect(checks.filter(({ name }) => name.startsWith('Provider')).map(({ message }) => message)).toEqual([
    'https://api.openai.com/v1: 1 model.',
    'https://api.openai.com/v1: 2 models.'
  ])
})
