import { describe, expect, it } from 'vitest'
import type { Download } from '../../../../core/contract/downloads.ts'
import { describeDownload, downloadedPart, downloadOf } from './download-words.ts'

const running: Download = {
  id: 'd',
  repo: 'harbour/pilot',
  file: 'pilot.gguf',
  revision: 'main',
  name: 'Pilot',
  state: 'downloading',
  sizeBytes: 2_500_000_000,
  receivedBytes: 1_200_000_000,
  bytesPerSecond: 34_000_000,
  secondsLeft: 38.2,
  problem: null,
  modelId: null,
  startedAt: 0
}

describe('describeDownload', () => {
  it('says how much is here, how fast it comes and how long it takes', () => {
    expect(describeDownload(running)).toBe('1.2 GB of 2.5 GB · 34.0 MB/s · 40 s left')
  })

  it('promises no time while nothing arrives', () => {
    expect(describeDownload({ ...running, bytesPerSecond: 0, secondsLeft: 9 })).toBe(
      '1.2 GB of 2.5 GB · waiting for the server'
    )
  })

  it('is not done before it is verified, and says why it failed', () => {
    expect(describeDownload({ ...running, state: 'verifying' })).toContain('Checking')
    expect(describeDownload({ ...running, state: 'failed', problem: 'The disk is full.' })).toBe(
      'The disk is full.'
    )
  })
})

it('knows no part while the size is not known', () => {
  expect(downloadedPart({ ...running, sizeBytes: null })).toBeNull()
  expect(downloadedPart(running)).toBeCloseTo(0.48)
})

it('finds the newest download of a file', () => {
  const again = { ...running, id: 'e' }
  const other = { ...running, id: 'f', file: 'other.gguf' }
  expect(downloadOf([running, again, other], running)?.id).toBe('e')
  expect(downloadOf(null, running)).toBeNull()
})
