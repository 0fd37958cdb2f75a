import { expect, test } from 'vitest'
import type { Download } from '../../core/contract/downloads.ts'
import { takeDownload } from './download-events.ts'

const download = (id: string, receivedBytes = 0): Download => ({
  id,
  repo: 'harbour/pilot',
  file: 'pilot.gguf',
  revision: 'main',
  name: 'Pilot',
  state: 'downloading',
  sizeBytes: 100,
  receivedBytes,
  bytesPerSecond: null,
  secondsLeft: null,
  problem: null,
  modelId: null,
  startedAt: 0
})

test('a change replaces the download it is about, in its place', () => {
  const list = takeDownload({ type: 'download-changed', download: download('a', 40) }, [
    download('a'),
    download('b')
  ])
  expect(list.map(({ id, receivedBytes }) => [id, receivedBytes])).toEqual([
    ['a', 40],
    ['b', 0]
  ])
})

test('a download begun elsewhere is added', () => {
  const list = takeDownload({ type: 'download-changed', download: download('b') }, [download('a')])
  expect(list.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('one that was removed goes', () => {
  const list = takeDownload({ type: 'download-removed', id: 'a' }, [download('a'), download('b')])
  expect(list.map(({ id }) => id)).toEqual(['b'])
})

test('an event about something else leaves the list as it is', () => {
  const list = [download('a')]
  expect(takeDownload({ type: 'models-changed' }, list)).toBe(list)
})
