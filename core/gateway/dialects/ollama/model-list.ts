import type { LocalModel, LocalModelDetails } from '../../../contract/local-models.ts'
import type { Model } from '../../../contract/models.ts'
import { detailsOf, digestOf, unknownDate } from './model-details.ts'

/** The answer of `/api/tags`; `files` are the models of this machine. */
export function tagsBody(models: readonly Model[], files: readonly LocalModel[]) {
  const fileOf = new Map(files.map((file) => [`on-device/${file.id}`, file]))
  return { models: models.map((model) => toListed(model, fileOf.get(model.id))) }
}

/** The answer of `/api/show`: what is known, in the members that clients read. `file` is that of an on-device model. */
export function showBody(model: Model, file?: LocalModelDetails) {
  const { id, name, providerId, abilities } = model
  const family = file?.architecture ?? providerId
  const contextTokens = file?.contextTokens ?? model.contextTokens
  return {
    license: '',
    modelfile: '',
    parameters: file?.fit.contextTokens ? `num_ctx ${file.fit.contextTokens}` : '',
    template: file?.chatTemplate ?? '',
    details: detailsOf(model, file),
    model_info: {
      'general.architecture': family,
      'general.basename': name,
      ...(file?.parameters && { 'general.parameter_count': file.parameters }),
      ...(contextTokens !== null && { [`${family}.context_length`]: contextTokens })
    },
    capabilities: file ? capabilitiesOfFile(file) : capabilitiesOf(id, abilities),
    modified_at: unknownDate
  }
}

function toListed(model: Model, file?: LocalModel) {
  const { id } = model
  return {
    name: id,
    model: id,
    modified_at: unknownDate,
    size: file?.sizeBytes ?? 0,
    digest: digestOf(id),
    details: detailsOf(model, file)
  }
}

/** The dialect has no word for reranking. */
function capabilitiesOfFile({ kind, abilities: { tools, vision, reasoning } }: LocalModel): string[] {
  if (kind !== 'chat') return kind === 'embedding' ? ['embedding'] : []
  return completion({ tools, vision, reasoning })
}

/** How the names of embedding models look; no list of models says it. */
const embeddingName = /embed|(^|[/_-])(bge|gte|e5|minilm)([/_.:-]|$)/i

/** Clients offer tools only where they are listed, and most models have them: they are left out where known to be absent. */
function capabilitiesOf(id: string, { tools, vision, reasoning }: Model['abilities']): string[] {
  return embeddingName.test(id) ? ['embedding'] : completion({ tools: tools !== false, vision, reasoning })
}

function completion(can: Record<'tools' | 'vision' | 'reasoning', boolean | undefined>): string[] {
  return [
    'completion',
    ...(can.tools ? ['tools'] : []),
    ...(can.vision ? ['vision'] : []),
    ...(can.reasoning ? ['thinking'] : [])
  ]
}
