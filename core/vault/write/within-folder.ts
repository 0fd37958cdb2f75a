import { mkdir, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { HomeportError } from '../../errors/homeport-error.ts'

/** Backslashes part folders on one system, colons name drives and streams on it, and others may sync what is written here. */
const forbidden = /[\\:\p{Cc}]/u

/**
 * The steps of a path within a folder. Throws `bad-request` for one that leads out of it or into what is hidden (an
 * `.obsidian` folder holds programs).
 */
export function stepsOf(path: string, param: string): string[] {
  const steps = path.split('/').map((step) => step.trim())
  const wanted = steps.filter((step) => step !== '')
  if (path.startsWith('/') || wanted.some((step) => step.startsWith('.') || forbidden.test(step))) {
    throw new HomeportError('bad-request', `"${path.slice(0, 80)}" is no path within the source.`, {
      action: 'Write folders with / between them, none of them hidden.',
      param
    })
  }
  return wanted
}

/** The folder at these steps below `root`, made where it is not there. Throws `not-allowed` where a link leads out of it. */
export async function folderWithin(root: string, steps: readonly string[]): Promise<string> {
  let folder = root
  for (const step of steps) {
    const next = join(folder, step)
    await mkdir(next).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error
    })
    folder = await realWithin(root, next)
  }
  return folder
}

/** Where a path really is. Throws `not-allowed` where that is outside of `root`, which is real itself. */
export async function realWithin(root: string, path: string): Promise<string> {
  const real = await realpath(path)
  const way = relative(root, real)
  if (way === '..' || /^\.\.[\\/]/.test(way) || isAbsolute(way)) {
    throw new HomeportError('not-allowed', 'This path leads out of the source.')
  }
  return real
}

export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
