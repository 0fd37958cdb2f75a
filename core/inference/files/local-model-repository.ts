import type { LocalModel } from '../../contract/local-models.ts'
import type { SqlValue } from '../../store/sql.ts'
import type { Reader, Writer } from '../../store/store.ts'
import type { ModelShape } from './model-shape.ts'

/** A model file as it was when it was last checked. */
export interface LocalModelRecord {
  id: string
  path: string
  origin: LocalModel['origin']
  sizeBytes: number
  modifiedAt: number
  name: string
  kind: LocalModel['kind']
  architecture: string | null
  parameters: number | null
  quantization: string | null
  contextTokens: number | null
  chatTemplateSha256: string | null
  abilities: { tools: boolean; reasoning: boolean }
  /** Null for a file that cannot be used. */
  shape: ModelShape | null
  problem: string | null
}

interface Row {
  id: string
  path: string
  origin: LocalModel['origin']
  size_bytes: number
  modified_at: number
  name: string
  kind: LocalModel['kind']
  architecture: string | null
  parameters: number | null
  quantization: string | null
  context_tokens: number | null
  chat_template_sha256: string | null
  tools: number
  reasoning: number
  shape: string | null
  problem: string | null
}

const SELECT = 'SELECT * FROM local_models ORDER BY name, id'
const SAVE = `
  INSERT OR REPLACE INTO local_models (id, path, origin, size_bytes, modified_at, name, kind, architecture, parameters,
    quantization, context_tokens, chat_template_sha256, tools, reasoning, shape, problem)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const DELETE = 'DELETE FROM local_models WHERE id = ?'

/** The table of model files on this machine. */
export class LocalModelRepository {
  readonly #store: Writer & { readonly homeport: Reader }

  constructor(store: Writer & { readonly homeport: Reader }) {
    this.#store = store
  }

  all(): LocalModelRecord[] {
    return this.#store.homeport.all<Row>(SELECT).map((row) => ({
      id: row.id,
      path: row.path,
      origin: row.origin,
      sizeBytes: row.size_bytes,
      modifiedAt: row.modified_at,
      name: row.name,
      kind: row.kind,
      architecture: row.architecture,
      parameters: row.parameters,
      quantization: row.quantization,
      contextTokens: row.context_tokens,
      chatTemplateSha256: row.chat_template_sha256,
      abilities: { tools: row.tools === 1, reasoning: row.reasoning === 1 },
      shape: row.shape === null ? null : (JSON.parse(row.shape) as ModelShape),
      problem: row.problem
    }))
  }

  async save(record: LocalModelRecord): Promise<void> {
    const params: SqlValue[] = [
      record.id,
      record.path,
      record.origin,
      record.sizeBytes,
      record.modifiedAt,
      record.name,
      record.kind,
      record.architecture,
      record.parameters,
      record.quantization,
      record.contextTokens,
      record.chatTemplateSha256,
      Number(record.abilities.tools),
      Number(record.abilities.reasoning),
      record.shape === null ? null : JSON.stringify(record.shape),
      record.problem
    ]
    await this.#store.write('homeport', [{ sql: SAVE, params }])
  }

  async delete(id: string): Promise<void> {
    await this.#store.write('homeport', [{ sql: DELETE, params: [id] }])
  }
}
