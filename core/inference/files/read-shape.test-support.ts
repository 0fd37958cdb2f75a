import { Buffer } from 'node:buffer'
import type { ByteSource } from './gguf-cursor.ts'
import { readGgufHeader } from './gguf-header.ts'
import { type GgufSummary, summarize } from './gguf-summary.ts'
import { ggufHeader, type WrittenGguf } from './gguf-writer.test-support.ts'
import type { ModelShape } from './model-shape.ts'

/** What a file with this header says about itself; its weights are nowhere. */
export function readSummary(gguf: WrittenGguf): GgufSummary {
  const { header, fileBytes } = ggufHeader(gguf)
  const source: ByteSource = {
    size: fileBytes,
    read: (target, offset) => void Buffer.from(header).copy(target, 0, offset, offset + target.length)
  }
  return summarize([readGgufHeader(source)])
}

export function readShape(gguf: WrittenGguf): ModelShape {
  const { shape } = readSummary(gguf)
  if (shape === null) throw new Error('a companion has no shape')
  return shape
}
