import type { SqlValue } from '../../store/sql.ts'
import type { Reader, Statement, Writer } from '../../store/store.ts'

/** What the hub said of a file, each null where it did not. Bytes may be added to a part only while it is the same. */
export interface FileFacts {
  sizeBytes: number | null
  /** In hex. */
  sha256: string | null
  /** Of the server that has the bytes; a strong one. */
  etag: string | null
}

/** A download as it goes on after a restart. */
export interface DownloadRecord {
  id: string
  repo: string
  /** Of a split model, its first part. */
  file: string
  revision: string
  /** What the revision stood for when it began. */
  commit: string | null
  /** `queued` also while it runs. */
  state: 'queued' | 'paused' | 'done' | 'failed'
  problem: string | null
  modelId: string | null
  startedAt: number
  /** Of each part, in order. */
  files: FileFacts[]
}

interface Row {
  id: string
  repo: string
  file: string
  revision: string
  commit_id: string | null
  state: DownloadRecord['state']
  problem: string | null
  model_id: string | null
  started_at: number
}
interface FileRow {
  download_id: string
  size_bytes: number | null
  sha256: string | null
  etag: string | null
}

const SELECT = 'SELECT * FROM downloads ORDER BY started_at, id'
const SELECT_FILES = 'SELECT * FROM download_files ORDER BY download_id, number'
const UPSERT = `
  INSERT INTO downloads (id, repo, file, revision, commit_id, state, problem, model_id, started_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, commit_id = excluded.commit_id, state = excluded.state,
    problem = excluded.problem, model_id = excluded.model_id, started_at = excluded.started_at`
const UPSERT_FILE = `
  INSERT INTO download_files (download_id, number, size_bytes, sha256, etag) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (download_id, number) DO UPDATE SET size_bytes = excluded.size_bytes, sha256 = excluded.sha256,
    etag = excluded.etag`
const DELETE = 'DELETE FROM downloads WHERE id = ?'

/** The tables of downloads. */
export class DownloadRepository {
  readonly #store: Writer & { readonly homeport: Reader }

  constructor(store: Writer & { readonly homeport: Reader }) {
    this.#store = store
  }

  /** Oldest first. */
  all(): DownloadRecord[] {
    const files = Map.groupBy(this.#store.homeport.all<FileRow>(SELECT_FILES), (row) => row.download_id)
    return this.#store.homeport.all<Row>(SELECT).map((row) => ({
      id: row.id,
      repo: row.repo,
      file: row.file,
      revision: row.revision,
      commit: row.commit_id,
      state: row.state,
      problem: row.problem,
      modelId: row.model_id,
      startedAt: row.started_at,
      files: (files.get(row.id) ?? []).map(({ size_bytes, sha256, etag }) => ({
        sizeBytes: size_bytes,
        sha256,
        etag
      }))
    }))
  }

  async save(record: DownloadRecord): Promise<void> {
    const { id, repo, file, revision, commit, state, problem, modelId, startedAt } = record
    const params: SqlValue[] = [id, repo, file, revision, commit, state, problem, modelId, startedAt]
    const files = record.files.map(
      ({ sizeBytes, sha256, etag }, index): Statement => ({
        sql: UPSERT_FILE,
        params: [id, index + 1, sizeBytes, sha256, etag]
      })
    )
    await this.#store.write('homeport', [{ sql: UPSERT, params }, ...files])
  }

  async delete(id: string): Promise<void> {
    await this.#store.write('homeport', [{ sql: DELETE, params: [id] }])
  }
}
