import { cpus, freemem, totalmem } from 'node:os'
import type { Llama } from 'node-llama-cpp'
import type { EngineDevice } from '../../contract/engine-frames.ts'

/** What the engine computes on, with its memory. */
export class Devices {
  readonly #llama: Llama
  #gpu: EngineDevice | null = null

  private constructor(llama: Llama) {
    this.#llama = llama
  }

  static async find(llama: Llama): Promise<Devices> {
    const devices = new Devices(llama)
    await devices.refresh()
    return devices
  }

  list(): EngineDevice[] {
    const name = cpus()[0]?.model.trim() || 'CPU'
    const cpu: EngineDevice = { name, kind: 'cpu', totalBytes: totalmem(), freeBytes: freemem() }
    return this.#gpu === null ? [cpu] : [this.#gpu, cpu]
  }

  /**
   * Memory that nobody uses now, where that can be told: macOS calls little of it free and finds more when it is needed, and
   * what a GPU has left the binding checks itself.
   */
  freeBytes(): number {
    const isKnown = process.platform !== 'darwin' && this.#gpu === null
    return isKnown ? process.availableMemory() : Number.POSITIVE_INFINITY
  }

  /** Asks for the memory of the GPUs. Several are one device here: the binding spreads models over all of them. */
  async refresh(): Promise<void> {
    if (this.#llama.gpu === false) return
    const [names, { total, free }] = await Promise.all([
      this.#llama.getGpuDeviceNames(),
      this.#llama.getVramState()
    ])
    const name = names.join(' + ') || 'GPU'
    this.#gpu = { name, kind: 'gpu', totalBytes: total, freeBytes: Math.max(0, free) }
  }
}

/** The name of what llama.cpp was built for. */
export function backendName({ gpu }: Llama): string {
  const names = { cuda: 'CUDA', vulkan: 'Vulkan', metal: 'Metal' }
  return gpu === false ? 'CPU' : names[gpu]
}
