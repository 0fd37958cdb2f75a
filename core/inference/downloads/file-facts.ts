import type { HubResponse } from '../hub/hub-http.ts'
import type { FileFacts } from './download-repository.ts'

/** The hub has another file under this name than it had: nothing that came of the old one is of use. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged'
}

/**
 * What an answer says of a file. Size and hash are the hub's word (`x-linked-size`, `x-linked-etag`), never that of a server
 * it passes on to; without them, the size is that of the answer. `from` is how many bytes were there before it.
 */
export function factsOf({ status, headers, hubHeaders }: HubResponse, from: number): FileFacts {
  const etag = headers.etag
  return {
    sizeBytes: count(hubHeaders['x-linked-size']) ?? (status < 300 ? bodySize(headers, from) : null),
    sha256:
      /^(?:W\/)?"?([0-9a-f]{64})"?$/i.exec(hubHeaders['x-linked-etag'] ?? '')?.[1]?.toLowerCase() ?? null,
    etag: status < 300 && etag !== undefined && /^"[^"]*"$/.test(etag) ? etag : null
  }
}

/** What the hub calls the state of the repository it answered from. */
export function commitOf({ hubHeaders }: HubResponse): string | null {
  return /^[0-9a-f]{40}$/.exec(hubHeaders['x-repo-commit'] ?? '')?.[0] ?? null
}

/** What was known before, and what is new. Throws `FileChanged` when the two are not of the same file. */
export function refuseChanged(known: FileFacts, said: FileFacts): FileFacts {
  if (differ(known.sha256, said.sha256) || differ(known.sizeBytes, said.sizeBytes)) throw new FileChanged()
  // servers that share a file by its hash may tag it differently
  if (known.sha256 === null && differ(known.etag, said.etag)) throw new FileChanged()
  return {
    sizeBytes: known.sizeBytes ?? said.sizeBytes,
    sha256: known.sha256 ?? said.sha256,
    etag: said.etag ?? known.etag
  }
}

const differ = <T>(one: T | null, other: T | null): boolean => one !== null && other !== null && one !== other

function bodySize(headers: HubResponse['headers'], from: number): number | null {
  const range = /^bytes \d+-\d+\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]
  const length = count(headers['content-length'])
  return count(range) ?? (length === null ? null : from + length)
}

/** Nothing is a model that is larger than this, and counting stays exact far below. */
const MAX_BYTES = 2 ** 46

function count(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return null
  const value = Number(text)
  return value <= MAX_BYTES ? value : null
}
