import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface RotatingFile {
  /** The line is with the operating system when this returns, so that the last words of a dying process are kept. */
  write(line: string): void
  close(): void
}

/**
 * Appends lines to `<name>` in `dir`. A full file becomes `<name>.1`, that one `.2` and so on; the oldest goes. Readable
 * by their owner only.
 */
export function openRotatingFile(options: {
  dir: string
  name: string
  maxBytes: number
  /** Files in all, the current one included. */
  maxFiles: number
}): RotatingFile {
  const { dir, name, maxBytes, maxFiles } = options
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const nth = (n: number): string => join(dir, n === 0 ? name : `${name}.${n}`)
  let file = openSync(nth(0), 'a', 0o600)
  let size = fstatSync(file).size
  let open = true

  const rotate = (): void => {
    closeSync(file)
    rmSync(nth(maxFiles - 1), { force: true })
    for (let n = maxFiles - 2; n >= 0; n -= 1) renameIfThere(nth(n), nth(n + 1))
    file = openSync(nth(0), 'a', 0o600)
    size = 0
  }

  return {
    write(line) {
      if (!open) return
      const bytes = Buffer.from(line)
      if (size > 0 && size + bytes.length > maxBytes) rotate()
      writeSync(file, bytes)
      size += bytes.length
    },
    close() {
      if (open) closeSync(file)
      open = false
    }
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
