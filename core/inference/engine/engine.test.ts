import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { waitUntil } from '../../../test/support/wait-until.ts'
import type { FromEngine, ToEngine } from '../../contract/engine-frames.ts'
import { silentLogger } from '../../lib/logger.ts'
import {
  endOf,
  inMemory,
  modelAt,
  question,
  type ScriptedEngine,
  scriptedSpawn
} from './engine.test-support.ts'
import { Engine, type EngineOptions } from './engine.ts'
import type { EngineAnswer, EngineEvent } from './pending-request.ts'

async function readAll(events: EngineAnswer['events']): Promise<EngineEvent[]> {
  const all: EngineEvent[] = []
  for await (const event of events) all.push(event)
  return all
}
type Start = Extract<ToEngine, { type: 'start' }>

describe('the engine', () => {
  let dataDir: string
  let engine: Engine
  /** What the engine's process does with a request. */
  let onStart: (frame: Start, process: ScriptedEngine) => void
  const { spawnChild, engines } = scriptedSpawn((frame, process) => {
    if (frame.type === 'start') onStart(frame, process)
    else if (frame.type === 'cancel') process.send(endOf(frame.id, 'cancelled'))
    else if (frame.type === 'unload') process.send({ type: 'models', models: [], devices: [] })
  })
  const never = new AbortController().signal
  const open = (options: Partial<EngineOptions> = {}) =>
    new Engine({
      dataDir,
      spawnChild,
      logger: silentLogger,
      memoryBudget: () => 500,
      onChange() {},
      ...options
    })
  const call = (path: string, signal = never) => ({
    owner: 'somebody',
    path,
    model: () => modelAt(path),
    signal
  })
  /** Starts an answer and reads it to its end. */
  const ask = async (path: string, signal = never) => {
    const { events } = await engine.chat(question(), call(path, signal))
    return await readAll(events)
  }
  const send = (process: ScriptedEngine, ...frames: FromEngine[]) => {
    for (const frame of frames) process.send(frame)
  }
  const answer = ({ id }: Start, process: ScriptedEngine) =>
    send(process, { type: 'begin', id }, { type: 'accepted', id, notes: [] }, endOf(id))
  const crash = ({ id }: Start, process: ScriptedEngine) => {
    process.send({ type: 'begin', id })
    setImmediate(() => process.crash())
  }
  const stopped = { code: 'engine-failed', retryable: true }

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'homeport-engine-'))
    engines.length = 0
    onStart = answer
    engine = open()
  })
  afterEach(async () => {
    await engine.close()
    rmSync(dataDir, { recursive: true })
  })

  test('says who asks which model for what, after the memory there is', async () => {
    expect(engine.state).toBe('stopped')
    await ask('a')
    expect(engines[0]?.received).toEqual([
      { type: 'budget', memoryBytes: 500 },
      {
        type: 'start',
        id: 1,
        owner: 'somebody',
        model: modelAt('a'),
        work: { kind: 'chat', chat: question() }
      }
    ])
    expect(engine.state).toBe('running')
  })

  test('tells its process of another budget, and nothing of the same', async () => {
    let memoryBytes = 500
    engine = open({ memoryBudget: () => memoryBytes })
    engine.budgetChanged()
    await ask('a')
    engine.budgetChanged()
    memoryBytes = 700
    engine.budgetChanged()
    await ask('a')
    const budgets = engines[0]?.received.filter((frame) => frame.type === 'budget')
    expect(budgets?.map((frame) => frame.memoryBytes)).toEqual([500, 700])
  })

  test('hands on all that an answer is made of, in order', async () => {
    onStart = ({ id }, process) =>
      send(
        process,
        { type: 'begin', id },
        { type: 'accepted', id, notes: ['two turns were left out'] },
        { type: 'delta', id, text: 'Hi', reasoning: '' },
        { type: 'tool-call', id, index: 0, name: 'tides' },
        { type: 'tool-arguments', id, index: 0, arguments: '{}' },
        endOf(id)
      )
    const { notes, events } = await engine.chat(question(), call('a'))
    expect(notes).toEqual(['two turns were left out'])
    const kinds = (await readAll(events)).map(({ type }) => type)
    expect(kinds).toEqual(['delta', 'tool-call', 'tool-arguments', 'end'])
  })

  test('gives results, and the words of what is wrong', async () => {
    onStart = ({ id, work }, process) => {
      if (work.kind === 'count') process.send({ type: 'result', id, result: { kind: 'tokens', count: 7 } })
      else process.send({ type: 'error', id, code: 'bad-request', message: 'It ranks nothing.' })
    }
    expect(await engine.countTokens(question(), call('a'))).toBe(7)
    const ranking = engine.rerank({ query: 'q', documents: [] }, call('a'))
    await expect(ranking).rejects.toMatchObject({ code: 'bad-request', message: 'It ranks nothing.' })
  })

  test('says in words what does not fit', async () => {
    onStart = ({ id }, process) =>
      process.send({ type: 'error', id, code: 'does-not-fit', message: 'It needs 40 GB.' })
    await expect(engine.load('chat', call('a'))).rejects.toMatchObject({
      code: 'unavailable',
      param: 'model'
    })
  })

  test('looks once at what there is to compute on, and ends again', async () => {
    engine = open({ idleMs: 1 })
    await engine.detect()
    expect(engine.backend).not.toBeNull()
    await waitUntil(() => engine.state === 'stopped')
    await engine.detect()
    expect(engines).toHaveLength(1)
  })

  test('knows what is in memory, and ends its process a while after nothing is', async () => {
    let changes = 0
    engine = open({ idleMs: 20, onChange: () => changes++ })
    await ask('a')
    const [first] = engines
    first?.send({ type: 'models', models: [inMemory('a')], devices: [] })
    await waitUntil(() => engine.models.length === 1)
    expect(changes).toBeGreaterThan(0)
    await engine.unload('a')
    expect(engine.models).toEqual([])
    await waitUntil(() => engine.state === 'stopped')
    await ask('a')
    expect(engines).toHaveLength(2)
  })

  test('keeps its process while a model is in memory, whatever comes to an end', async () => {
    onStart = (frame, process) => {
      process.send({ type: 'models', models: [inMemory('a')], devices: [] })
      answer(frame, process)
    }
    engine = open({ idleMs: 0 })
    for (const _ of [1, 2, 3]) await ask('a')
    expect(engines).toHaveLength(1)
  })

  describe('when its process stops', () => {
    test('fails all requests that were in it, and starts another for the next', async () => {
      onStart = ({ id }, process) => {
        send(process, { type: 'begin', id }, { type: 'accepted', id, notes: [] })
        if (id === 3) setImmediate(() => process.crash())
      }
      const asked = [ask('a'), ask('b'), ask('a')].map((answer) =>
        expect(answer).rejects.toMatchObject(stopped)
      )
      await Promise.all(asked)
      onStart = answer
      await ask('b')
      expect(engines).toHaveLength(2)
    })

    test('gives up on a model that was in it twice in a row, until it is pardoned', async () => {
      onStart = crash
      for (const _ of [1, 2]) await expect(ask('bad')).rejects.toMatchObject(stopped)
      expect(engine.isQuarantined('bad')).toBe(true)
      await expect(ask('bad')).rejects.toMatchObject({ code: 'model-broken', param: 'model' })
      engine.pardon('bad')
      onStart = answer
      await ask('bad')
    })

    test('suspects no model that was only waiting', async () => {
      let waiting: Promise<unknown> = Promise.resolve()
      for (const _ of [1, 2]) {
        onStart = (frame, process) => {
          if (frame.model.path !== 'bad') return
          crash(frame, process)
        }
        waiting = expect(ask('good')).rejects.toMatchObject(stopped)
        await expect(ask('bad')).rejects.toMatchObject(stopped)
        await waiting
      }
      expect(engine.isQuarantined('good')).toBe(false)
      expect(engine.isQuarantined('bad')).toBe(true)
    })

    test('clears no model by a request that came to nothing before it was at work', async () => {
      onStart = crash
      await expect(ask('bad')).rejects.toMatchObject(stopped)
      onStart = ({ id }, process) =>
        process.send({ type: 'error', id, code: 'does-not-fit', message: 'It needs 40 GB.' })
      await expect(ask('bad')).rejects.toMatchObject({ code: 'unavailable' })
      onStart = crash
      await expect(ask('bad')).rejects.toMatchObject(stopped)
      expect(engine.isQuarantined('bad')).toBe(true)
    })

    test('tries the models that were in it one at a time, clears the good and takes the bad', async () => {
      const atOnce: number[] = []
      let active = 0
      onStart = ({ id }, process) => {
        process.send({ type: 'begin', id })
        if (id === 2) setImmediate(() => process.crash())
      }
      const together = [ask('good'), ask('bad')]
      await Promise.all(together.map((asked) => expect(asked).rejects.toMatchObject(stopped)))

      onStart = (frame, process) => {
        active += 1
        atOnce.push(active)
        process.send({ type: 'begin', id: frame.id })
        setImmediate(() => {
          active -= 1
          if (frame.model.path === 'bad') process.crash()
          else answer(frame, process)
        })
      }
      const [good, bad] = await Promise.allSettled([ask('good'), ask('bad')])
      expect([good?.status, bad?.status]).toEqual(['fulfilled', 'rejected'])
      expect(atOnce).toEqual([1, 1])
      expect(engine.isQuarantined('bad')).toBe(true)
      await ask('good')
    })

    test('lets go of who waits for a suspect to be tried, and does not want it any more', async () => {
      onStart = ({ id }, process) => {
        process.send({ type: 'begin', id })
        if (id === 2) setImmediate(() => process.crash())
      }
      const together = [ask('a'), ask('b')]
      await Promise.all(together.map((asked) => expect(asked).rejects.toMatchObject(stopped)))
      onStart = ({ id }, process) => process.send({ type: 'begin', id })
      const leaves = new AbortController()
      const first = expect(ask('a', leaves.signal)).rejects.toThrow('changed my mind')
      const second = expect(ask('b', leaves.signal)).rejects.toThrow('changed my mind')
      await waitUntil(() => engines[1]?.received.some(({ type }) => type === 'start'))
      leaves.abort(new Error('changed my mind'))
      await Promise.all([first, second])
      expect(engines[1]?.received.filter(({ type }) => type === 'start')).toHaveLength(1)
    })
  })

  test('ends a process that does not answer any more', async () => {
    engine = open({ pingMs: 10, spawnChild: scriptedSpawn(() => {}, { hangs: true }).spawnChild })
    await expect(ask('a')).rejects.toMatchObject(stopped)
  })

  test('says so when its process cannot start', async () => {
    engine = open({ spawnChild: () => ({ kill() {}, onExit: (listener) => setImmediate(listener, 1) }) })
    await expect(ask('a')).rejects.toMatchObject(stopped)
  })

  test('starts nothing for a caller who has left already', async () => {
    const left = AbortSignal.abort(new Error('changed my mind'))
    await expect(ask('a', left)).rejects.toThrow('changed my mind')
    expect(engine.state).toBe('stopped')
  })

  test('lets go of a caller who leaves while it starts', async () => {
    engine = open({ spawnChild: () => ({ kill() {}, onExit() {} }) })
    const abort = new AbortController()
    const waiting = expect(ask('a', abort.signal)).rejects.toThrow('changed my mind')
    abort.abort(new Error('changed my mind'))
    await waiting
    expect(engine.state).toBe('starting')
  })

  test('takes no request when it is closed', async () => {
    await ask('a')
    await engine.close()
    await expect(ask('a')).rejects.toMatchObject({ code: 'unavailable' })
  })
})
