/** The isolated world of a page, where the preload runs. Sent to the page as text. */
import type { AnyFunction, createCodec as CreateCodec, Encoded } from './codec.ts'
import type { WorldBridge } from './world-bridge.ts'

/** What main sends to a page. */
export type ToPage =
  | { type: 'event'; channel: string; args: Encoded[] }
  | { type: 'result'; id: number; ok: true; value: Encoded }
  | { type: 'result'; id: number; ok: false; message: string }
/** What a page sends to main. */
export interface FromPage {
  id: number
  channel: string
  args: Encoded[]
}

export interface PreloadNames {
  /** The binding through which the page sends to main. */
  send: string
  /** The function main calls in the page. */
  receive: string
}

/** `require` and `process` as a sandboxed preload has them. */
export function preloadWorld(
  bridge: WorldBridge,
  createCodec: typeof CreateCodec,
  names: PreloadNames,
  processProperties: object
) {
  const codec = createCodec()
  const listeners = new Map<string, Set<AnyFunction>>()
  const waiting = new Map<number, PromiseWithResolvers<unknown> & { channel: string }>()
  let calls = 0
  const global = globalThis as unknown as Record<string, (text: string) => void>

  global[names.receive] = (text) => {
    const message: ToPage = JSON.parse(text)
    if (message.type === 'event') {
      const args = message.args.map((argument) => codec.decode(argument))
      for (const listener of [...(listeners.get(message.channel) ?? [])]) listener({ ports: [] }, ...args)
      return
    }
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.ok) call?.resolve(codec.decode(message.value))
    else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.message}`))
  }
  const strict = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(object, key, receiver) {
        if (typeof key === 'string' && !(key in object))
          throw new Error(`electron stand-in: ${name}.${key} is not implemented`)
        return Reflect.get(object, key, receiver)
      }
    })
  const electron = strict('electron', {
    ipcRenderer: strict('ipcRenderer', {
      invoke(channel: string, ...args: unknown[]) {
        const id = calls++
        const result = Promise.withResolvers<unknown>()
        waiting.set(id, { ...result, channel })
        const message: FromPage = { id, channel, args: args.map((argument) => codec.encode(argument)) }
        global[names.send]?.(JSON.stringify(message))
        return result.promise
      },
      on(channel: string, listener: AnyFunction) {
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      },
      off(channel: string, listener: AnyFunction) {
        listeners.get(channel)?.delete(listener)
      }
    }),
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (key: string, api: unknown) =>
        bridge.fire('expose', { key, value: bridge.encode(api) })
    })
  })
  return {
    process: strict('process', processProperties),
    require(name: string) {
      if (name === 'electron') return electron
      throw new Error(`module not found: ${name} (a sandboxed preload may only require electron)`)
    }
  }
}
