import { createHash } from 'node:crypto'
import type { Model } from '../../../contract/models.ts'

/** Nobody knows when a model was made here; the dialect wants a date. */
const unknownDate = new Date(0).toISOString()

/** The answer of `/api/tags`. */
export const tagsBody = (models: readonly Model[]) => ({ models: models.map(toListed) })

/** The answer of `/api/show`: what is known, in the members that clients read. */
export function showBody(model: Model) {
  const { id, name, providerId, contextTokens } = model
  return {
    license: '',
    modelfile: '',
    parameters: '',
    template: '',
    details: detailsOf(model),
    model_info: {
      'general.architecture': providerId,
      'general.basename': name,
      ...(contextTokens !== null && { [`${providerId}.context_length`]: contextTokens })
    },
    capabilities: capabilitiesOf(id, model.abilities),
    modified_at: unknownDate
  }
}

function toListed(model: Model) {
  const { id } = model
  return {
    name: id,
    model: id,
    modified_at: unknownDate,
    size: 0,
    digest: createHash('sha256').update(id).digest('hex'),
    details: detailsOf(model)
  }
}

function detailsOf({ providerId, onDevice }: Model) {
  return {
    parent_model: '',
    format: onDevice ? 'gguf' : '',
    family: providerId,
    families: [providerId],
    parameter_size: '',
    quantization_level: ''
  }
}

/** How the names of embedding models look; no list of models says it. */
const embeddingName = /embed|(^|[/_-])(bge|gte|e5|minilm)([/_.:-]|$)/i

/** Clients offer tools only where they are listed, and most models have them: they are left out where known to be absent. */
function capabilitiesOf(id: string, { tools, vision, reasoning }: Model['abilities']): string[] {
  if (embeddingName.test(id)) return ['embedding']
  return [
    'completion',
    ...(tools === false ? [] : ['tools']),
    ...(vision ? ['vision'] : []),
    ...(reasoning ? ['thinking'] : [])
  ]
}
