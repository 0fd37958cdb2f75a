import { type ByteSource, GgufCursor, GgufError } from './gguf-cursor.ts'
import { GgufMetadata } from './gguf-metadata.ts'
import { readTensors, type TensorTotals } from './gguf-tensors.ts'

export interface GgufHeader {
  metadata: GgufMetadata
  tensors: TensorTotals
}

// Far above any real model, and low enough that no file can make the reader work or allocate much.
const MAX_ENTRIES = 65_536
const MAX_TENSORS = 65_536
const MAX_ALIGNMENT = 1 << 20
const DEFAULT_ALIGNMENT = 32

/**
 * Reads and checks a GGUF header (versions 2 and 3, little-endian) so that nothing in it can lead the native loader past
 * the end of the file: counts, lengths, alignment, and offset and size of every tensor. Throws `GgufError`.
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export function readGgufHeader(source: ByteSource): GgufHeader {
  const cursor = new GgufCursor(source)
  if (cursor.remaining < 4 || cursor.bytes(4).toString('latin1') !== 'GGUF') {
    throw new GgufError('this is not a GGUF file')
  }
  const version = cursor.uint32()
  if (version !== 2 && version !== 3) {
    throw new GgufError(
      version > 0xff_ffff ? 'its numbers are big-endian' : `its GGUF version ${version} is unknown`
    )
  }
  const tensorCount = cursor.count(MAX_TENSORS, 'the number of tensors')
  const entryCount = cursor.count(MAX_ENTRIES, 'the number of metadata entries')

  const metadata = new GgufMetadata(cursor, entryCount)
  const alignment = metadata.count('general.alignment') ?? DEFAULT_ALIGNMENT
  if (alignment === 0 || alignment > MAX_ALIGNMENT || (alignment & (alignment - 1)) !== 0) {
    throw new GgufError('its alignment is not a power of two')
  }
  return { metadata, tensors: readTensors(cursor, tensorCount, alignment, source.size) }
}
