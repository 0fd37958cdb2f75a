import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EngineDevice, FromEngine } from '../../contract/engine-frames.ts'
import { ModelReports } from './model-reports.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function rig() {
  const sent: FromEngine[] = []
  let freeBytes = 10
  const device = (): EngineDevice => ({ name: 'GPU', kind: 'gpu', totalBytes: 10, freeBytes })
  const devices = {
    list: () => [device()],
    async refresh() {
      freeBytes -= 1
    }
  }
  const reports = new ModelReports({ models: () => [], devices, send: (frame) => sent.push(frame) })
  return { reports, sent }
}

test('changes of counts are told together, a few times a second', () => {
  const { reports, sent } = rig()
  for (let index = 0; index < 1000; index += 1) {
    reports.changed(false)
    vi.advanceTimersByTime(1)
  }
  expect(sent.length).toBeGreaterThan(1)
  expect(sent.length).toBeLessThan(6)
})

test('a model that came or went is told at once, and then what it left free on the device', async () => {
  const { reports, sent } = rig()
  reports.changed(false)
  reports.changed(true)
  expect(sent).toMatchObject([{ devices: [{ freeBytes: 10 }] }])
  await vi.advanceTimersByTimeAsync(1000)
  expect(sent.slice(1)).toMatchObject([{ devices: [{ freeBytes: 9 }] }])
})
