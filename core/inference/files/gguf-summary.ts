import { createHash } from 'node:crypto'
import type { LocalModel } from '../../contract/local-models.ts'
import { GgufError } from './gguf-cursor.ts'
import type { GgufHeader } from './gguf-header.ts'
import { sumTensors } from './gguf-tensors.ts'
import { fileTypeNames } from './gguf-types.ts'
import { kindOf, templateAbilities } from './model-abilities.ts'
import { type ModelShape, shapeOf } from './model-shape.ts'

/** What the files of a model say about it. */
export interface GgufSummary {
  architecture: string
  name: string | null
  kind: LocalModel['kind']
  /** How many weights it holds. */
  parameters: number
  /** As model files are called (`Q4_K_M`); null when the file does not say. */
  quantization: string | null
  /** The context it was trained for, in tokens. */
  contextTokens: number | null
  chatTemplate: string | null
  /** Of the template, in hex. */
  chatTemplateSha256: string | null
  /** What the template has a place for. */
  abilities: { tools: boolean; reasoning: boolean }
  /** Null for a file that is only of use beside a model. */
  shape: ModelShape | null
}

/** Of files that let a model see or hear. */
export const COMPANION_ARCHITECTURE = 'clip'

/** Sums up the headers of a model's parts: the first describes it, all of them hold its weights. Throws `GgufError`. */
export function summarize([first, ...others]: readonly GgufHeader[]): GgufSummary {
  if (first === undefined) throw new GgufError('it has no files')
  const { metadata } = first
  const architecture = metadata.text('general.architecture')
  if (architecture === null || !/^[\w.-]{1,64}$/.test(architecture)) {
    throw new GgufError('it does not name a model architecture')
  }
  const tensors = sumTensors([first, ...others].map((part) => part.tensors))
  const fileType = metadata.count('general.file_type')
  const chatTemplate = metadata.text('tokenizer.chat_template')
  return {
    architecture,
    name: metadata.text('general.name'),
    kind: kindOf(architecture, metadata, tensors),
    parameters: tensors.parameters,
    quantization: fileType === null ? null : (fileTypeNames[fileType] ?? null),
    contextTokens: metadata.count(`${architecture}.context_length`),
    chatTemplate,
    chatTemplateSha256:
      chatTemplate === null ? null : createHash('sha256').update(chatTemplate).digest('hex'),
    abilities: templateAbilities(chatTemplate),
    shape: architecture === COMPANION_ARCHITECTURE ? null : shapeOf(architecture, metadata, tensors)
  }
}
