import { expect, onTestFinished, test, vi } from 'vitest'
import type { TestCalls } from './idle-thread.test-support.ts'
import { createIdleThread, type IdleThreadOptions } from './idle-thread.ts'

function open(options: Partial<IdleThreadOptions> = {}) {
  const thread = createIdleThread<TestCalls>({
    entry: new URL('./idle-thread.test-support.ts', import.meta.url),
    name: 'test',
    idleMs: 60_000,
    words: { failed: 'It could not be done', interrupted: 'It was interrupted' },
    ...options
  })
  onTestFinished(() => thread.terminate())
  return thread
}

test('calls are answered, each with its own answer', async () => {
  const thread = open({ workerData: { path: 'of a file' } })
  expect(await Promise.all([thread.call('double', [2]), thread.call('double', [21])])).toEqual([4, 42])
  expect(await thread.call('given', [])).toEqual({ path: 'of a file' })
})

test('an error of ours comes back whole, another one as the cause of words for the person', async () => {
  const thread = open()
  await expect(thread.call('refuse', [])).rejects.toMatchObject({
    code: 'bad-request',
    message: 'Not like this',
    action: 'Ask otherwise',
    param: 'n'
  })
  await expect(thread.call('break', [])).rejects.toMatchObject({
    code: 'internal',
    message: 'It could not be done',
    cause: 'secret inner words'
  })
  expect(await thread.call('double', [1])).toBe(2)
})

test('a call that is cancelled fails at once with its reason, and the thread is told', async () => {
  const thread = open()
  const stop = new AbortController()
  const call = expect(thread.call('untilCancelled', [], stop.signal)).rejects.toThrow('no longer wanted')
  await thread.call('double', [1])
  stop.abort(new Error('no longer wanted'))
  await call
  await vi.waitFor(async () => expect(await thread.call('cancelled', [])).toBe(1))
  await expect(thread.call('double', [1], stop.signal)).rejects.toThrow('no longer wanted')
})

test('the thread can ask back', async () => {
  const thread = open({ onNote: (note, reply) => reply(`${note}: yes`) })
  expect(await thread.call('askBack', ['Really?'])).toBe('Really?: yes')
})

test('a thread that crashes fails what is under way, and the next call starts another', async () => {
  const thread = open()
  const waiting = expect(thread.call('untilCancelled', [])).rejects.toMatchObject({
    code: 'unavailable',
    message: 'It was interrupted',
    retryable: true
  })
  // its own answer may be lost with the thread
  await thread.call('crash', []).catch(() => undefined)
  await waiting
  expect(await thread.call('double', [3])).toBe(6)
})

test('one that hangs can be ended', async () => {
  const thread = open()
  const hanging = expect(thread.call('hang', [])).rejects.toMatchObject({ code: 'unavailable' })
  await thread.terminate()
  await hanging
  expect(await thread.call('double', [3])).toBe(6)
})

test('it ends when nothing was asked of it in a while, and is back with the next call', async () => {
  const thread = open({ idleMs: 1 })
  const stop = new AbortController()
  const cancelled = expect(thread.call('untilCancelled', [], stop.signal)).rejects.toThrow()
  stop.abort()
  await cancelled
  await vi.waitFor(async () => {
    expect(await thread.call('cancelled', [])).toBe(0)
  })
})

test('where none runs, none is started to be told something', async () => {
  const thread = open({ entry: new URL('file:///nowhere/thread.ts') })
  await expect(thread.callIfRunning('double', [1])).resolves.toBeUndefined()
})

test('says whether it runs', async () => {
  const thread = open()
  expect(thread.isRunning).toBe(false)
  const answer = thread.call('double', [1])
  await vi.waitFor(() => expect(thread.isRunning).toBe(true))
  await answer
  await thread.terminate()
  expect(thread.isRunning).toBe(false)
})

test('when it is closed, what is under way fails, and so does what comes later', async () => {
  const thread = open()
  const waiting = expect(thread.call('untilCancelled', [])).rejects.toMatchObject({ code: 'unavailable' })
  await thread.close()
  await waiting
  await expect(thread.call('double', [1])).rejects.toMatchObject({ code: 'unavailable' })
})
