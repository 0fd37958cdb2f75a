import type { FoundModel } from './found-model.ts'
import { GgufError } from './gguf-cursor.ts'
import { COMPANION_ARCHITECTURE, type GgufSummary } from './gguf-summary.ts'
import type { LocalModelRecord } from './local-model-repository.ts'
import type { ModelFiles } from './model-files.ts'

/** Looks into the files of a model; rejects with a `GgufError` for what must not be loaded. */
export type CheckFiles = (paths: readonly string[]) => Promise<GgufSummary>

const COMPANION = 'it belongs to a vision model and cannot answer by itself'

/** What is kept of a model: of a sound one what its header says, of another what is wrong with it. */
export async function examineModel(
  id: string,
  found: FoundModel,
  files: ModelFiles,
  check: CheckFiles
): Promise<LocalModelRecord> {
  const known = {
    id,
    path: files.path,
    origin: found.origin,
    sizeBytes: files.sizeBytes,
    modifiedAt: files.modifiedAt
  }
  try {
    const { chatTemplate: _, name, ...summary } = await check(files.parts)
    return {
      ...known,
      ...summary,
      name: oneLine(found.name) ?? oneLine(name) ?? found.stem,
      problem: summary.architecture === COMPANION_ARCHITECTURE ? COMPANION : null
    }
  } catch (error) {
    if (!(error instanceof GgufError)) throw error
    return {
      ...known,
      name: oneLine(found.name) ?? found.stem,
      kind: 'chat',
      architecture: null,
      parameters: null,
      quantization: null,
      contextTokens: null,
      chatTemplateSha256: null,
      abilities: { tools: false, reasoning: false },
      shape: null,
      problem: error.message
    }
  }
}

/** A name as others wrote it, fit to be shown in one line. */
function oneLine(name: string | null): string | null {
  const line =
    name
      ?.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim()
      .slice(0, 120) ?? ''
  return line === '' ? null : line
}
