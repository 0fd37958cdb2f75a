import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

const SLICE_BYTES = 1 << 20

/** Adds what a file holds, slice by slice, so that nobody has to wait for the whole. Resolves with how much that was. */
export async function addToHash(hash: Hash, handle: FileHandle, signal: AbortSignal): Promise<number> {
  const slice = Buffer.allocUnsafe(SLICE_BYTES)
  let position = 0
  while (true) {
    signal.throwIfAborted()
    const { bytesRead } = await handle.read(slice, 0, slice.length, position)
    if (bytesRead === 0) return position
    hash.update(slice.subarray(0, bytesRead))
    position += bytesRead
  }
}

/** SHA-256 of a file, in hex, and its length. */
export async function hashFile(
  path: string,
  signal: AbortSignal
): Promise<{ sha256: string; sizeBytes: number }> {
  const handle = await open(path, 'r')
  try {
    const hash = createHash('sha256')
    const sizeBytes = await addToHash(hash, handle, signal)
    return { sha256: hash.digest('hex'), sizeBytes }
  } finally {
    await handle.close()
  }
}
