import type { FolderSize } from '../knowledge.ts'
import { documentKindOf } from '../parse/document-kind.ts'
import { type FolderRulesOptions, folderRules, isVault } from './folder-rules.ts'
import { scanFolder } from './scan.ts'

/** What is to be read in a folder, by names and sizes alone. Throws as `scanFolder` does. */
export async function measureFolder(options: FolderRulesOptions, signal: AbortSignal): Promise<FolderSize> {
  const { files } = await scanFolder(options.folder, folderRules(options), signal)
  const read = [...files.values()].filter(({ path }) => documentKindOf(path) !== 'attachment')
  return {
    kind: isVault(options.folder) ? 'vault' : 'folder',
    files: read.length,
    bytes: read.reduce((sum, { bytes }) => sum + bytes, 0)
  }
}
