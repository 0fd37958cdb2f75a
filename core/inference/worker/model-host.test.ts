import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { EngineModel, EngineWork, FromEngine } from '../../contract/engine-frames.ts'
import { EngineError } from './engine-error.ts'
import { engineModel } from './engine-model.test-support.ts'
import { cancelledFrame } from './last-frame.ts'
import type { LastFrame, LoadedModel, ModelInfo, WorkCall } from './loaded-model.ts'
import { ModelHost } from './model-host.ts'

const rerank: EngineWork = { kind: 'rerank', query: '', documents: [] }
const done = (id: number): LastFrame => ({
  type: 'result',
  id,
  result: { kind: 'scores', scores: [], inputTokens: 0 }
})

const model = (path: string, options: Partial<EngineModel> = {}) =>
  engineModel(path, { memoryBytes: 100, ...options })

/** A host whose models answer when the test says so, and a log of what happens in it. */
class Rig {
  readonly log: string[] = []
  readonly frames: FromEngine[] = []
  readonly host: ModelHost
  /** The last load of each path, to be let through. */
  readonly loads = new Map<string, PromiseWithResolvers<void>>()
  readonly allLoads: PromiseWithResolvers<void>[] = []
  readonly answers = new Map<number, PromiseWithResolvers<LastFrame>>()
  info: Partial<ModelInfo> = {}
  loadsAtOnce = true
  /** What the machine has for models. */
  machineBytes = Number.POSITIVE_INFINITY
  #nextId = 1

  constructor() {
    this.host = new ModelHost({
      load: (_, { path }, signal) => this.#load(path, signal),
      freeBytes: () =>
        this.host.states().reduce((free, { memoryBytes }) => free - memoryBytes, this.machineBytes),
      onChange: () => {},
      send: (frame) => {
        this.frames.push(frame)
        if (frame.type === 'begin') this.log.push(`begin ${frame.id}`)
        if (frame.type === 'error') this.log.push(`error ${frame.id} ${frame.code}`)
        if (frame.type === 'end') this.log.push(`${frame.finish} ${frame.id}`)
        if (frame.type === 'result') this.log.push(`done ${frame.id}`)
      }
    })
  }

  ask(wanted: EngineModel, owner = 'someone', work = rerank): number {
    const id = this.#nextId
    this.#nextId += 1
    this.host.start({ id, owner, model: wanted, work })
    return id
  }

  /** Lets the answer to a request come. */
  async answer(id: number): Promise<void> {
    await this.settled()
    this.answers.get(id)?.resolve(done(id))
    await this.settled()
  }

  /** Waits until everything that can happen has. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }

  takeLog(): string[] {
    return this.log.splice(0)
  }

  async #load(path: string, signal: AbortSignal): Promise<LoadedModel> {
    this.log.push(`load ${path}`)
    const gate = Promise.withResolvers<void>()
    this.loads.set(path, gate)
    this.allLoads.push(gate)
    signal.addEventListener('abort', () => gate.reject(signal.reason))
    if (this.loadsAtOnce) gate.resolve()
    await gate.promise
    return {
      info: { memoryBytes: 100, gpuLayers: 0, contextTokens: 512, parallel: 1, threads: 1, ...this.info },
      perform: (_, call) => this.#perform(call),
      dispose: async () => void this.log.push(`unload ${path}`)
    }
  }

  async #perform({ id, signal }: WorkCall): Promise<LastFrame> {
    const answer = Promise.withResolvers<LastFrame>()
    this.answers.set(id, answer)
    signal.addEventListener('abort', () => answer.resolve({ ...cancelledFrame(id) } as LastFrame))
    return await answer.promise
  }
}

let rig: Rig
beforeEach(() => {
  rig = new Rig()
})
afterEach(() => vi.useRealTimers())

describe('a model', () => {
  test('is loaded once for all who wait for it, and only one of them answers for the load', async () => {
    rig.loadsAtOnce = false
    for (let index = 0; index < 3; index += 1) rig.ask(model('a'))
    await rig.settled()
    expect(rig.takeLog()).toEqual(['begin 1', 'load a'])
    expect(rig.host.states()).toMatchObject([{ path: 'a', state: 'loading', waiting: 3, memoryBytes: 100 }])
    rig.loads.get('a')?.resolve()
    await rig.answer(1)
    await rig.answer(1)
    expect(rig.takeLog()).toEqual(['done 1', 'begin 2'])
    expect(rig.host.states()).toMatchObject([{ state: 'loaded', active: 1, waiting: 1 }])
  })

  test('goes on loading for the others when the first no longer wants it', async () => {
    rig.loadsAtOnce = false
    const [first, second] = [rig.ask(model('a')), rig.ask(model('a'))]
    rig.host.cancel(first)
    await rig.settled()
    expect(rig.takeLog()).toEqual(['begin 1', 'load a', 'cancelled 1', 'begin 2'])
    rig.host.cancel(second)
    await rig.settled()
    expect(rig.takeLog()).toEqual(['cancelled 2'])
    expect(rig.host.states()).toEqual([])
    await expect(rig.loads.get('a')?.promise).rejects.toThrow()
  })

  test('that cannot be loaded fails all who wait for it, and is tried again for the next', async () => {
    rig.loadsAtOnce = false
    rig.ask(model('a'))
    rig.ask(model('a'))
    rig.loads.get('a')?.reject(new EngineError('load-failed', 'It is no model.'))
    await rig.settled()
    expect(rig.takeLog()).toEqual(['begin 1', 'load a', 'error 1 load-failed', 'error 2 load-failed'])
    rig.ask(model('a'))
    await rig.settled()
    expect(rig.takeLog()).toEqual(['begin 3', 'load a'])
  })

  test('that is loading keeps none of the loaded ones from answering', async () => {
    await rig.answer(rig.ask(model('a')))
    rig.loadsAtOnce = false
    rig.ask(model('b'))
    const other = rig.ask(model('a'))
    await rig.settled()
    await rig.answer(other)
    expect(rig.takeLog().at(-1)).toBe(`done ${other}`)
  })

  test('asked for with other options is loaded anew once it has answered what came before', async () => {
    const before = [rig.ask(model('a')), rig.ask(model('a'))]
    rig.ask(model('a', { contextTokens: 1024 }))
    const after = rig.ask(model('a'))
    await rig.settled()
    for (const id of before) await rig.answer(id)
    expect(rig.takeLog()).toEqual([
      ...['begin 1', 'load a', 'done 1', 'begin 2', 'done 2'],
      ...['unload a', 'begin 3', 'load a']
    ])
    await rig.answer(3)
    expect(rig.takeLog()).toEqual(['done 3', 'unload a', `begin ${after}`, 'load a'])
  })

  test('is in memory once for each purpose', async () => {
    rig.ask(model('a'))
    rig.ask(model('a'), 'someone', { kind: 'embed', inputs: [], tokens: null })
    await rig.settled()
    expect(rig.takeLog().filter((line) => line === 'load a')).toHaveLength(2)
  })

  test('that was unloaded ends its requests with an error, and takes none before it is gone', async () => {
    const [active, waiting] = [rig.ask(model('a')), rig.ask(model('a'))]
    await rig.settled()
    rig.takeLog()
    rig.host.unload('a')
    const next = rig.ask(model('a'))
    await rig.settled()
    expect(rig.takeLog()).toEqual([
      ...[`error ${waiting} failed`, `error ${active} failed`, 'unload a'],
      ...[`begin ${next}`, 'load a']
    ])
  })

  test('is unloaded after it was idle for so long, or stays', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    await rig.settled()
    rig.ask(model('a', { idleMs: 1000 }))
    await rig.settled()
    expect(rig.host.states()).toMatchObject([{ unloadsAt: null }])
    await rig.answer(1)
    rig.ask(model('b'))
    await rig.settled()
    await rig.answer(2)
    expect(rig.host.states()).toMatchObject([{ unloadsAt: Date.now() + 1000 }, { unloadsAt: null }])
    vi.advanceTimersByTime(900)
    await rig.answer(rig.ask(model('a', { idleMs: 1000 })))
    vi.advanceTimersByTime(900)
    expect(rig.host.states()).toHaveLength(2)
    vi.advanceTimersByTime(100)
    await rig.settled()
    expect(rig.host.states()).toMatchObject([{ path: 'b' }])
    vi.advanceTimersByTime(1e9)
    expect(rig.host.states()).toHaveLength(1)
  })
})

describe('a request', () => {
  test('waits while the model answers as many as it can, and owners take turns', async () => {
    rig.info = { parallel: 2 }
    for (let index = 0; index < 5; index += 1) rig.ask(model('a'), 'many')
    const single = rig.ask(model('a'), 'one')
    await rig.settled()
    expect(rig.takeLog()).toEqual(['begin 1', 'load a', `begin ${single}`])
    await rig.answer(1)
    await rig.answer(single)
    expect(rig.takeLog()).toEqual(['done 1', 'begin 2', `done ${single}`, 'begin 3'])
  })

  test('that only counts tokens or loads does not wait for those that compute', async () => {
    rig.ask(model('a'), 'someone', { kind: 'load' })
    rig.ask(model('a', {}), 'someone', { kind: 'load', purpose: 'rerank' })
    const busy = rig.ask(model('a'))
    await rig.settled()
    const load = rig.ask(model('a'), 'someone', { kind: 'load', purpose: 'rerank' })
    await rig.settled()
    expect(rig.log).toContain(`done ${load}`)
    expect(rig.log).not.toContain(`done ${busy}`)
  })

  test('that throws fails alone, without words that are not for the person', async () => {
    rig.info = { parallel: 2 }
    const [bad, good] = [rig.ask(model('a')), rig.ask(model('a'))]
    await rig.settled()
    rig.answers.get(bad)?.reject(new Error('/home/me/secret.gguf'))
    await rig.settled()
    await rig.answer(good)
    expect(rig.frames).toContainEqual({
      ...{ type: 'error', id: bad, code: 'failed' },
      message: 'The engine could not answer.'
    })
    expect(rig.takeLog().slice(-2)).toEqual([`error ${bad} failed`, `done ${good}`])
  })

  test('that is cancelled ends, waiting or not, and makes place for the next', async () => {
    const [active, waiting, next] = [rig.ask(model('a')), rig.ask(model('a')), rig.ask(model('a'))]
    await rig.settled()
    rig.takeLog()
    rig.host.cancel(waiting)
    rig.host.cancel(active)
    rig.host.cancel(99)
    await rig.settled()
    expect(rig.takeLog()).toEqual([`cancelled ${waiting}`, `cancelled ${active}`, `begin ${next}`])
  })
})

describe('memory', () => {
  /** Answers one request of a model at once. */
  const use = (wanted: EngineModel) => rig.answer(rig.ask(wanted))

  test('is made for a model by unloading those unused longest, and no more than needed', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    rig.host.setBudget(300)
    for (const path of ['a', 'b', 'c', 'a']) {
      await use(model(path))
      vi.advanceTimersByTime(1)
    }
    rig.takeLog()
    await use(model('d'))
    expect(rig.takeLog()).toEqual(['unload b', 'begin 5', 'load d', 'done 5'])
  })

  test('is waited for while a busy model uses it, and who came first goes first', async () => {
    rig.host.setBudget(150)
    const [first, second] = [rig.ask(model('a')), rig.ask(model('a'))]
    const other = rig.ask(model('b'))
    const late = rig.ask(model('a'))
    await rig.settled()
    expect(rig.host.states()).toMatchObject([
      { path: 'a', state: 'loaded' },
      { path: 'b', state: 'loading' }
    ])
    await rig.answer(first)
    await rig.answer(second)
    expect(rig.takeLog()).toEqual([
      ...['begin 1', 'load a', 'done 1', 'begin 2', 'done 2', 'unload a'],
      ...[`begin ${other}`, 'load b']
    ])
    await rig.answer(other)
    await rig.answer(late)
    expect(rig.takeLog()).toEqual([`done ${other}`, 'unload b', `begin ${late}`, 'load a', `done ${late}`])
  })

  test('that a model can never have is refused in words, and nothing is unloaded for it', async () => {
    rig.host.setBudget(4_000_000_000)
    await use(model('a'))
    rig.takeLog()
    const big = rig.ask(model('big', { memoryBytes: 5_200_000_000 }))
    await rig.settled()
    expect(rig.takeLog()).toEqual([`error ${big} does-not-fit`])
    expect(rig.frames.at(-1)).toMatchObject({ message: expect.stringMatching(/5\.2 GB.*4\.0 GB/) })
  })

  test('that is not free now is not counted on, but for what idle models take', async () => {
    await use(model('a'))
    rig.machineBytes = 150
    await use(model('b'))
    expect(rig.takeLog().slice(3)).toEqual(['unload a', 'begin 2', 'load b', 'done 2'])
    const big = rig.ask(model('big', { memoryBytes: 200 }))
    await rig.settled()
    expect(rig.takeLog()).toEqual([`error ${big} does-not-fit`])
    expect(rig.frames.at(-1)).toMatchObject({ message: expect.stringContaining('is free now') })
  })

  test('is counted as it turned out, not as it was expected', async () => {
    rig.host.setBudget(250)
    rig.info = { memoryBytes: 200 }
    await use(model('a'))
    await use(model('b'))
    expect(rig.takeLog()).toContain('unload a')

    rig.info = { memoryBytes: 300 }
    const tooBig = rig.ask(model('c'))
    await rig.settled()
    expect(rig.takeLog()).toEqual([
      ...['unload b', `begin ${tooBig}`, 'load c'],
      ...[`error ${tooBig} does-not-fit`, 'unload c']
    ])
    const again = rig.ask(model('c'))
    await rig.settled()
    expect(rig.takeLog()).toEqual([`error ${again} does-not-fit`])
  })

  test('is given back when the budget shrinks, busy models last', async () => {
    await use(model('a'))
    const busy = rig.ask(model('b'))
    await rig.settled()
    rig.takeLog()
    rig.host.setBudget(100)
    await rig.settled()
    expect(rig.takeLog()).toEqual(['unload a'])
    rig.host.setBudget(50)
    await rig.settled()
    expect(rig.takeLog()).toEqual([])
    await rig.answer(busy)
    expect(rig.takeLog()).toEqual([`done ${busy}`, 'unload b'])
  })
})

describe('a calibration', () => {
  test('waits for a quiet moment, computes alone, and leaves nothing in memory', async () => {
    const before = rig.ask(model('a'))
    const calibration = rig.ask(model('b'), 'someone', { kind: 'calibrate' })
    const beside = rig.ask(model('c'))
    await rig.settled()
    expect([before, calibration, beside].filter((id) => rig.answers.has(id))).toEqual([before, beside])
    await rig.answer(before)
    expect(rig.answers.has(calibration)).toBe(false)
    await rig.answer(beside)
    expect(rig.answers.has(calibration)).toBe(true)
    const after = rig.ask(model('a'))
    await rig.settled()
    expect(rig.answers.has(after)).toBe(false)
    rig.takeLog()
    await rig.answer(calibration)
    expect(rig.takeLog()).toEqual([`done ${calibration}`, `begin ${after}`, 'unload b'])
  })
})

describe('whatever comes', () => {
  test('each request ends once, and memory stays within its budget', async () => {
    let state = 1
    const random = (below: number) => {
      state = (state * 1_664_525 + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    const works: EngineWork[] = [rerank, rerank, { kind: 'load' }, { kind: 'calibrate' }]
    rig.info = { parallel: 2 }
    rig.loadsAtOnce = false
    rig.host.setBudget(250)
    const ids: number[] = []
    const pending = () => ids.filter((id) => !rig.frames.some((frame) => isLast(frame, id)))
    const answerAny = () => {
      const id = ids[random(ids.length)] ?? 0
      rig.answers.get(id)?.resolve(done(id))
    }
    for (let step = 0; step < 1500; step += 1) {
      const path = 'abcd'[random(4)] ?? 'a'
      const options = random(10) === 0 ? { contextTokens: 1024 } : {}
      const kind = random(30)
      if (kind < 12) ids.push(rig.ask(model(path, options), `owner ${random(3)}`, works[random(4)]))
      else if (kind < 21) answerAny()
      else if (kind < 24) rig.host.cancel(ids[random(ids.length)] ?? 0)
      else if (kind < 28) rig.loads.get(path)?.resolve()
      else if (kind < 29) rig.loads.get(path)?.reject(new Error('broken'))
      else rig.host.unload(path)
      if (random(3) === 0) await rig.settled()
      const used = rig.host.states().reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)
      expect(used).toBeLessThanOrEqual(250)
    }
    rig.loadsAtOnce = true
    for (let round = 0; pending().length > 0; round += 1) {
      expect(round).toBeLessThan(ids.length * 3)
      for (const gate of rig.allLoads) gate.resolve()
      await rig.settled()
      for (const [id, answer] of rig.answers) answer.resolve(done(id))
      await rig.settled()
    }
    for (const id of ids) expect(rig.frames.filter((frame) => isLast(frame, id))).toHaveLength(1)
    expect(rig.host.isComputing).toBe(false)
  })
})

function isLast(frame: FromEngine, id: number): boolean {
  return ['end', 'result', 'error'].includes(frame.type) && 'id' in frame && frame.id === id
}
