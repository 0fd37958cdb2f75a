import { z } from 'zod'
import { type ExportHeaders, exportHeadersSchema } from '../contract/telemetry.ts'

/** Where secrets are kept. All throw `unavailable` when they cannot be had now. */
export interface SecretStore {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  delete(name: string): Promise<void>
}

const SECRET = 'telemetry/export-headers'
const keptSchema = z.object({ origin: z.string(), headers: exportHeadersSchema })
type Kept = z.infer<typeof keptSchema>

/** The headers that go to the collector. They belong to the origin they were given for: another one never sees them. */
export class CollectorHeaders {
  readonly #secrets: SecretStore
  /** Undefined until it was read. */
  #kept: Kept | null | undefined

  constructor(secrets: SecretStore) {
    this.#secrets = secrets
  }

  /** Throws `unavailable` when they cannot be read now. */
  async read(url: URL): Promise<ExportHeaders> {
    if (this.#kept === undefined) this.#kept = parse(await this.#secrets.get(SECRET))
    return this.#kept?.origin === url.origin ? this.#kept.headers : {}
  }

  /** Null when they cannot be read now. */
  async names(url: URL): Promise<string[] | null> {
    try {
      return Object.keys(await this.read(url))
    } catch {
      return null
    }
  }

  /** Replaces all of them. */
  async save(url: URL, headers: ExportHeaders): Promise<void> {
    const kept = Object.keys(headers).length === 0 ? null : { origin: url.origin, headers }
    if (kept) await this.#secrets.set(SECRET, JSON.stringify(kept))
    else await this.#secrets.delete(SECRET)
    this.#kept = kept
  }
}

function parse(text: string | null): Kept | null {
  if (text === null) return null
  try {
    return keptSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
