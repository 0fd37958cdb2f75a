import type { Settings } from '../contract/settings.ts'
import type { TraceSummary } from '../contract/traces.ts'
import type { Usage } from '../contract/usage.ts'
import type { CallProvider, EndedCall } from './export-call.ts'
import { exportedBodies } from './export-messages.ts'
import { isConversation, operationOf, providerNameOf } from './gen-ai-names.ts'
import { Double, type PlainAttributes } from './otlp-encode.ts'

export interface AttributeOptions {
  conventions: Settings['telemetry']['exportConventions']
  /** Prompts and answers too. */
  withBodies: boolean
}

/**
 * What is said of a call, by OpenTelemetry's conventions for generative AI. What they have no word for is under
 * `homeport.`; `session.id`, `tag.tags` and `gen_ai.usage.cost` are what Langfuse and Phoenix read.
 */
export function callAttributes(
  call: EndedCall,
  provider: CallProvider | null,
  { conventions, withBodies }: AttributeOptions
): PlainAttributes {
  const { summary, outcome } = call
  const operation = operationOf(summary.dialect)
  const labels = summary.labels ?? { feature: null, project: null, session: null, tags: [] }
  const session = labels.session ?? call.chatId
  return {
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': provider && providerNameOf(provider.kind),
    'gen_ai.request.model': summary.providerModel ?? summary.model,
    'gen_ai.request.stream': summary.stream || null,
    'gen_ai.response.model': outcome?.servedModel,
    'gen_ai.response.finish_reasons': outcome?.finish ? [outcome.finish] : null,
    'gen_ai.response.time_to_first_chunk': inSeconds(summary.firstTokenMs),
    'gen_ai.conversation.id': session,
    'session.id': session,
    'tag.tags': labels.tags.length > 0 ? labels.tags : null,
    // an answer out of the cache used nothing
    ...(summary.cache !== 'hit' && usageAttributes(summary.usage, conventions)),
    'gen_ai.usage.cost': costInUsd(summary),
    'error.type': errorTypeOf(call),
    'homeport.app': summary.app,
    'homeport.dialect': summary.dialect,
    'homeport.model': summary.model,
    'homeport.provider': summary.providerId,
    'homeport.cache': summary.cache,
    'homeport.cost': summary.cost.kind,
    'homeport.feature': labels.feature,
    'homeport.project': labels.project,
    ...exportedBodies(call, { withTexts: withBodies && isConversation(operation) })
  }
}

/** A low number of words: a code of Homeport's errors, or how the call ended. Null for one that did not fail. */
export function errorTypeOf({ summary, outcome }: Pick<EndedCall, 'summary' | 'outcome'>): string | null {
  if (summary.status === 'ok') return null
  if (summary.status === 'aborted') return 'aborted'
  return outcome?.errorCode ?? (summary.status === 'cut' ? 'cut' : '_OTHER')
}

function usageAttributes(usage: Usage | null, conventions: AttributeOptions['conventions']): PlainAttributes {
  if (!usage) return {}
  const { input, output } = usage
  const written = conventions === 'latest' ? 'cache_write' : 'cache_creation'
  return {
    'gen_ai.usage.input_tokens': input.total,
    'gen_ai.usage.output_tokens': output.total,
    'gen_ai.usage.cache_read.input_tokens': input.cacheRead || null,
    [`gen_ai.usage.${written}.input_tokens`]: input.cacheWrite5m + input.cacheWrite1h || null,
    'gen_ai.usage.reasoning.output_tokens': output.reasoning || null
  }
}

const inSeconds = (ms: number | null): Double | null => (ms === null ? null : new Double(ms / 1000))

/** Null where nobody knows: that is not the same as nothing. */
function costInUsd({ cost }: TraceSummary): Double | null {
  if (cost.kind === 'unknown') return null
  return new Double(cost.kind === 'free' ? 0 : cost.nanoUsd / 1e9)
}
