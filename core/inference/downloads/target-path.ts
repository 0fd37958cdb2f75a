import { join } from 'node:path'
import { HomeportError } from '../../errors/homeport-error.ts'
import { isModelName } from '../files/model-files.ts'

/** `COM¹` counts as `COM1`. See https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not stand in a name
const UNSAFE = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
/** In bytes: every file system takes as much, with room for what is added to it. */
const MAX_NAME = 230

/**
 * Where a file of the hub comes to lie: `<modelsDir>/<owner>/<repository>/<file>`, without the file's folders. Whatever it
 * is called, it lies there and nowhere else, under a name that every system can have. Throws `bad-request` for what is no
 * model, or no path that a hub can rightly have.
 */
export function targetPath(modelsDir: string, repo: string, file: string): string {
  const [owner = '', name = '', ...more] = repo.split('/')
  const folders = file.split('/')
  const isPath = !folders.some((part) => ['', '.', '..'].includes(part) || part.includes('\\'))
  if (more.length > 0 || [owner, name].some((part) => /^\.*$/.test(part)) || !isPath) {
    throw new HomeportError('bad-request', 'No file at the hub can be called this.', { param: 'file' })
  }
  const fileName = safeName(folders.at(-1) ?? '')
  if (Buffer.byteLength(fileName) > MAX_NAME) {
    throw new HomeportError('bad-request', 'The name of this file is too long.', { param: 'file' })
  }
  if (!isModelName(fileName)) {
    throw new HomeportError('bad-request', 'Only models can be downloaded: files whose name ends in .gguf.', {
      action: 'Of a split model, name the part that is numbered 00001.',
      param: 'file'
    })
  }
  return join(modelsDir, safeName(owner), safeName(name), fileName)
}

function safeName(name: string): string {
  const safe = name
    .replace(UNSAFE, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '_')
  return RESERVED.test(safe) ? `_${safe}` : safe
}
