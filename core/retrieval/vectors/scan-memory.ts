import type { Quantized } from './quantize.ts'
import { scanKernel } from './scan-kernel.generated.ts'
import { SEGMENT_SIZE } from './segment.ts'

interface Kernel {
  memory: WebAssembly.Memory
  /** See resources/vectors/scan-kernel.wat. */
  scan(codes: number, count: number, stride: number, query: number, scales: number, scores: number): number
}

/** Segments in the memory of the SIMD kernel, each in a slot of its own. */
export interface ScanMemory {
  /** Takes a copy of a segment's vectors; gives the slot. */
  hold(scales: Float32Array, codes: Int8Array): number
  release(slot: number): void
  setQuery(query: Quantized): void
  /** Scores a slot's first vectors with the query and gives the highest score, -Infinity where there is none. */
  scan(slot: number, count?: number): number
  /** What the last scan found for each place; NaN where it is free. */
  scores(): Float32Array
  /** A copy of the vector at a place of a slot. */
  vectorAt(slot: number, index: number): Quantized
}

const PAGE_BYTES = 64 * 1024
const module = new WebAssembly.Module(Buffer.from(scanKernel, 'base64'))

export function createScanMemory(stride: number): ScanMemory {
  // the exports are those of the kernel above
  const { memory, scan } = new WebAssembly.Instance(module).exports as unknown as Kernel
  const scoresAt = 2 * stride
  const slotsAt = scoresAt + 4 * SEGMENT_SIZE
  const codeBytes = SEGMENT_SIZE * stride
  const slotBytes = codeBytes + 4 * SEGMENT_SIZE
  const free: number[] = []
  let slots = 0

  const addressOf = (slot: number): number => slotsAt + slot * slotBytes
  const scalesAt = (slot: number): number => addressOf(slot) + codeBytes

  const grow = (): void => {
    const missing = addressOf(slots + 1) - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
    free.push(slots++)
  }

  return {
    hold(scales, codes) {
      if (free.length === 0) grow()
      const slot = free.pop() ?? 0
      new Int8Array(memory.buffer, addressOf(slot), codeBytes).set(codes)
      new Float32Array(memory.buffer, scalesAt(slot), SEGMENT_SIZE).set(scales)
      return slot
    },
    release: (slot) => void free.push(slot),
    setQuery: ({ codes }) => new Int16Array(memory.buffer, 0, stride).set(codes),
    scan: (slot, count = SEGMENT_SIZE) => scan(addressOf(slot), count, stride, 0, scalesAt(slot), scoresAt),
    scores: () => new Float32Array(memory.buffer, scoresAt, SEGMENT_SIZE),
    vectorAt: (slot, index) => ({
      codes: new Int8Array(memory.buffer, addressOf(slot) + index * stride, stride).slice(),
      scale: new Float32Array(memory.buffer, scalesAt(slot), SEGMENT_SIZE)[index] ?? Number.NaN
    })
  }
}
