import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { localModel } from '../testing/small-on-device.ts'
import { engineCheck, localModelsCheck, memoryCheck, modelsFolderCheck } from './on-device-checks.ts'

const { fit } = localModel('any')

test('models that are broken or too large are named with the reason', () => {
  const check = localModelsCheck([
    localModel('fine'),
    localModel('huge', { fit: { ...fit, verdict: 'no', memoryBytes: 40e9 } }),
    localModel('cut', { state: 'broken', problem: 'the file ends too early' }),
    localModel('gone', { state: 'missing' })
  ])
  expect(check.state).toBe('warning')
  expect(check.message).toBe(
    '1 usable. huge does not fit this machine: it needs 40.0 GB. cut: the file ends too early. gone: not usable.'
  )
  expect(localModelsCheck([localModel('fine')])).toMatchObject({ state: 'ok', message: '1 usable.' })
})

const cpu = { name: 'Some CPU', kind: 'cpu', totalBytes: 1, freeBytes: 1 } as const
const gpu = { ...cpu, name: 'Some GPU', kind: 'gpu' } as const

test.each([
  [{ backend: null, devices: [] }, true, 'ok', 'Not started yet.'],
  [{ backend: 'CUDA', devices: [gpu, cpu] }, true, 'ok', 'Runs on CUDA, Some GPU.'],
  [{ backend: 'CPU', devices: [cpu] }, false, 'ok', 'Runs on the CPU.'],
  [{ backend: 'CPU', devices: [cpu] }, true, 'warning', 'npm run gpu']
])('of the engine %j with a driver of NVIDIA: %s is %s', (engine, hasNvidia, state, words) => {
  const check = engineCheck(engine, hasNvidia)
  expect(check.state).toBe(state)
  expect(check.message).toContain(words)
})

test.each([
  [8e9, 'ok'],
  [0.4e9, 'warning']
])('memory with %d bytes free is %s', (systemFreeBytes, state) => {
  const memory = { budgetBytes: 12e9, usedBytes: 3e9, systemTotalBytes: 16e9, systemFreeBytes }
  expect(memoryCheck({ memory })).toMatchObject({
    state,
    message: expect.stringContaining('3.0 GB of at most 12.0 GB taken')
  })
})

test('the models folder says how much its disk has left', async () => {
  expect((await modelsFolderCheck(tmpdir())).message).toMatch(/\(\d+\.\d GB free\)$/)
})
