import type { OutputFormat } from '../spec/chat-options.ts'
import type { ModelTraits } from './model-traits.ts'
import { toStructuredSchema } from './structured-schema.ts'
import type { WireBlock, WriteNotes } from './write-content.ts'

export interface Output {
  /** `output_config.format`. */
  format?: WireBlock
  /** What the system prompt must say in its stead. */
  instruction?: string
}

/**
 * How the answer must look. The API holds newer models to a schema; "any JSON", and older models, are only told, which a
 * warning says.
 */
export function writeOutput(
  output: OutputFormat,
  { structured }: ModelTraits,
  { warnings }: WriteNotes
): Output {
  if (output === 'text') return {}
  if (output !== 'json' && structured) {
    const schema = toStructuredSchema(output.schema, warnings)
    return { format: { type: 'json_schema', schema } }
  }
  warnings.add('response_format became an instruction: the model is not held to it')
  const what =
    output === 'json'
      ? 'one JSON object'
      : `one JSON value that fits this JSON Schema: ${JSON.stringify(output.schema)}`
  return { instruction: `Answer with ${what}. Write nothing before or after it, and no code fence.` }
}
