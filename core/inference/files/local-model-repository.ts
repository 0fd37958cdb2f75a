import type { LocalModel } from '../../contract/local-models.ts'
import type { SqlValue } from '../../store/sql.ts'
import type { Reader, Writer } from '../../store/store.ts'

/** A model file as it was when it was last checked. */
export interface LocalModelRecord {
  id: string
  path: string
  origin: LocalModel['origin']
  sizeBytes: number
  modifiedAt: number
  name: string
  architecture: string | null
  parameters: number | null
  quantization: string | null
  contextTokens: number | null
  chatTemplateSha256: string | null
  problem: string | null
}

interface Row {
  id: string
  path: string
  origin: LocalModel['origin']
  size_bytes: number
  modified_at: number
  name: string
  architecture: string | null
  parameters: number | null
  quantization: string | null
  context_tokens: number | null
  chat_template_sha256: string | null
  problem: string | null
}

const SELECT = 'SELECT * FROM local_models ORDER BY name, id'
const UPSERT = `
  INSERT INTO local_models (id, path, origin, size_bytes, modified_at, name, architecture, parameters, quantization,
    context_tokens, chat_template_sha256, problem)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET path = excluded.path, origin = excluded.origin, size_bytes = excluded.size_bytes,
    modified_at = excluded.modified_at, name = excluded.name, architecture = excluded.architecture,
    parameters = excluded.parameters, quantization = excluded.quantization,
    context_tokens = excluded.context_tokens, chat_template_sha256 = excluded.chat_template_sha256,
    problem = excluded.problem`
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
      architecture: row.architecture,
      parameters: row.parameters,
      quantization: row.quantization,
      contextTokens: row.context_tokens,
      chatTemplateSha256: row.chat_template_sha256,
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
      record.architecture,
      record.parameters,
      record.quantization,
      record.contextTokens,
      record.chatTemplateSha256,
      record.problem
    ]
    await this.#store.write('homeport', [{ sql: UPSERT, params }])
  }

  async delete(id: string): Promise<void> {
    await this.#store.write('homeport', [{ sql: DELETE, params: [id] }])
  }
}
