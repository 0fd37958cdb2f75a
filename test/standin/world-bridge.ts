/** The two worlds of a page, as Electron makes them. These functions are sent to the page as text. */
import type { AnyFunction, createCodec as CreateCodec, Encoded } from './codec.ts'

type Answer = { ok: true; value: Encoded } | { ok: false; value: Encoded } | { promise: number }
interface Settled {
  promise: number
  ok: boolean
  value: Encoded
}

export interface WorldBridge {
  encode(value: unknown): Encoded
  decode(value: Encoded): unknown
  fire(type: string, detail: unknown): void
  hear<T>(type: string, listener: (detail: T) => void): void
}

/**
 * One end of the context bridge. The two worlds share only the DOM, so a call is a synchronous DOM event that carries
 * JSON, and so is its answer.
 */
export function worldBridge(createCodec: typeof CreateCodec, here: string, there: string): WorldBridge {
  const kept: AnyFunction[] = []
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let promises = 0
  let answer: Answer | undefined

  const fire = (type: string, detail: unknown) => {
    window.dispatchEvent(new CustomEvent(`$electron:${there}:${type}`, { detail: JSON.stringify(detail) }))
  }
  const hear = <T>(type: string, listener: (detail: T) => void) => {
    window.addEventListener(`$electron:${here}:${type}`, (event) => {
      event.stopImmediatePropagation()
      listener(JSON.parse((event as CustomEvent<string>).detail))
    })
  }
  const codec = createCodec({
    keep: (target) => kept.push(target) - 1,
    remote:
      (id) =>
      (...args) => {
        fire('call', { id, args: args.map((argument) => codec.encode(argument)) })
        const given = answer
        answer = undefined
        if (given === undefined) throw new Error('electron stand-in: the other world did not answer')
        if ('promise' in given) {
          const result = Promise.withResolvers<unknown>()
          waiting.set(given.promise, result)
          return result.promise
        }
        if (!given.ok) throw codec.decode(given.value)
        return codec.decode(given.value)
      }
  })
  const settle = (promise: number, ok: boolean, value: unknown) =>
    fire('settled', { promise, ok, value: codec.encode(value) })

  hear<Answer>('answer', (detail) => {
    answer = detail
  })
  hear<Settled>('settled', ({ promise, ok, value }) => {
    const result = waiting.get(promise)
    waiting.delete(promise)
    if (ok) result?.resolve(codec.decode(value))
    else result?.reject(codec.decode(value))
  })
  hear<{ id: number; args: Encoded[] }>('call', ({ id, args }) => {
    try {
      const value = kept[id]?.(...args.map((argument) => codec.decode(argument)))
      if (value instanceof Promise) {
        const promise = promises++
        fire('answer', { promise })
        value.then(
          (result) => settle(promise, true, result),
          (error: unknown) => settle(promise, false, error)
        )
      } else fire('answer', { ok: true, value: codec.encode(value) })
    } catch (error) {
      fire('answer', { ok: false, value: codec.encode(error) })
    }
  })
  return { encode: codec.encode, decode: codec.decode, fire, hear }
}

/** The page's own world: makes what the preload exposes appear on `window`, frozen. */
export function mainWorld(bridge: WorldBridge): void {
  const freeze = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    for (const item of Object.values(value)) freeze(item)
    return Object.freeze(value)
  }
  bridge.hear<{ key: string; value: Encoded }>('expose', ({ key, value }) => {
    Object.defineProperty(window, key, { value: freeze(bridge.decode(value)), enumerable: true })
  })
}
