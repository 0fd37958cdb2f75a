import type { Span } from '../contract/traces.ts'
import type { Attributes } from './otlp-span.ts'
import { textOf } from './semantic-attributes.ts'

type Kind = Span['kind']

/** `gen_ai.operation.name`, OpenTelemetry 1.41 and later. */
const operations = new Map<string, Kind>(
  Object.entries({
    chat: 'provider',
    text_completion: 'provider',
    generate_content: 'provider',
    embeddings: 'provider',
    execute_tool: 'tool',
    retrieval: 'retrieval',
    create_agent: 'agent',
    invoke_agent: 'agent',
    invoke_workflow: 'agent',
    plan: 'agent',
    apply_guardrail: 'guardrail'
  })
)

/** `openinference.span.kind`. */
const openInferenceKinds = new Map<string, Kind>(
  Object.entries({
    LLM: 'provider',
    EMBEDDING: 'provider',
    RETRIEVER: 'retrieval',
    RERANKER: 'retrieval',
    TOOL: 'tool',
    AGENT: 'agent',
    GUARDRAIL: 'guardrail'
  })
)

/** What a span is to us, by either convention; `other` where neither says. */
export function kindOf(attributes: Attributes): Kind {
  const operation = textOf(attributes, 'gen_ai.operation.name')
  if (operation !== null)
    return operations.get(operation) ?? (operation.endsWith('_memory') ? 'memory' : 'other')
  const kind = textOf(attributes, 'openinference.span.kind')
  if (kind !== null) return openInferenceKinds.get(kind.toUpperCase()) ?? 'other'
  if (textOf(attributes, 'gen_ai.tool.name', 'tool.name') !== null) return 'tool'
  return textOf(attributes, 'gen_ai.request.model', 'llm.model_name') === null ? 'other' : 'provider'
}
