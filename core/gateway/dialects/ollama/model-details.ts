import { createHash } from 'node:crypto'
import type { LocalModel } from '../../../contract/local-models.ts'
import type { Model } from '../../../contract/models.ts'

/** Nobody knows when a model was made here; the dialect wants a date. */
export const unknownDate = new Date(0).toISOString()

/** What lists tell models apart by: here it is as good as the name. */
export const digestOf = (id: string): string => createHash('sha256').update(id).digest('hex')

/** `details`; `file` is the model's own where it runs on this machine. */
export function detailsOf(
  { providerId, onDevice }: Pick<Model, 'providerId' | 'onDevice'>,
  file?: LocalModel
) {
  const family = file?.architecture ?? providerId
  return {
    parent_model: '',
    format: onDevice ? 'gguf' : '',
    family,
    families: [family],
    parameter_size: sizeInWords(file?.parameters ?? null),
    quantization_level: file?.quantization ?? ''
  }
}

/** `4.3B`, `137M`, as the dialect writes numbers of parameters. */
function sizeInWords(parameters: number | null): string {
  if (parameters === null) return ''
  if (parameters >= 1e9) return `${(parameters / 1e9).toFixed(1)}B`
  return parameters >= 1e6 ? `${Math.round(parameters / 1e6)}M` : `${Math.round(parameters / 1e3)}K`
}
