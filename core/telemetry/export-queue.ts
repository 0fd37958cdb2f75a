import type { EndedCall } from './export-call.ts'

const MAX_CALLS = 2048
/** Of requests and answers together. */
const MAX_BYTES = 32 * 1024 * 1024
/** What a call takes beside its texts, about. */
const CALL_BYTES = 2048

interface Waiting {
  call: EndedCall
  bytes: number
}

export interface QueueLimits {
  maxCalls?: number
  maxBytes?: number
}

/** Calls that wait to be sent, in the order they came. Where they are too many, the oldest go. */
export class ExportQueue {
  /** How many had to go. */
  dropped = 0
  readonly #limits: Required<QueueLimits>
  #waiting: Waiting[] = []
  #bytes = 0

  constructor({ maxCalls = MAX_CALLS, maxBytes = MAX_BYTES }: QueueLimits = {}) {
    this.#limits = { maxCalls, maxBytes }
  }

  get size(): number {
    return this.#waiting.length
  }

  add(call: EndedCall): void {
    const bytes = CALL_BYTES + (call.requestBody?.length ?? 0) + (call.responseBody?.length ?? 0)
    this.#waiting.push({ call, bytes })
    this.#bytes += bytes
    this.#dropOldest()
  }

  /** Takes the oldest out: so many at most, and no more than one that is larger than `maxBytes`. */
  take(maxCalls: number, maxBytes: number): EndedCall[] {
    let bytes = 0
    const beyond = this.#waiting.findIndex((waiting, index) => {
      bytes += waiting.bytes
      return index === maxCalls || (index > 0 && bytes > maxBytes)
    })
    const taken = this.#waiting.splice(0, beyond === -1 ? this.#waiting.length : beyond)
    for (const waiting of taken) this.#bytes -= waiting.bytes
    return taken.map(({ call }) => call)
  }

  /** Puts back what was taken last, where it stood. */
  putBack(calls: readonly EndedCall[]): void {
    const newer = this.#waiting
    this.#waiting = []
    this.#bytes = 0
    for (const call of [...calls, ...newer.map((waiting) => waiting.call)]) this.add(call)
  }

  clear(): void {
    this.#waiting = []
    this.#bytes = 0
  }

  #dropOldest(): void {
    const { maxCalls, maxBytes } = this.#limits
    while (this.#waiting.length > maxCalls || this.#bytes > maxBytes) {
      this.#bytes -= this.#waiting.shift()?.bytes ?? 0
      this.dropped++
    }
  }
}
