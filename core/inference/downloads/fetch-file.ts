import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { HomeportError } from '../../errors/homeport-error.ts'
import { fileUrl, type RepoFile } from '../hub/hub-address.ts'
import type { HubHttp, HubResponse } from '../hub/hub-http.ts'
import { hubUnreachable } from '../hub/hub-problem.ts'
import type { FileFacts } from './download-repository.ts'
import { commitOf, factsOf, refuseChanged } from './file-facts.ts'
import { addToHash } from './hash-file.ts'

export interface FetchFileOptions {
  http: HubHttp
  hub: URL
  source: RepoFile
  /** Where the bytes are kept until all are there. */
  path: string
  /** What is known of the file; what the answer adds goes to `onFacts`. */
  facts: FileFacts
  signal: AbortSignal
  onFacts(facts: FileFacts, commit: string | null): Promise<void>
  /** How many bytes are there now, and how many of them have just arrived. What it throws ends the attempt. */
  onBytes(count: number, arrived: number): Promise<void>
}

/**
 * One attempt to have all bytes of a file, going on where an earlier one ended. Resolves with its SHA-256 once they are on
 * disk. Throws `FileChanged` when the hub has another file now, and otherwise what went wrong; `retryable` errors may go
 * better with another attempt.
 */
export async function fetchFile(options: FetchFileOptions): Promise<string> {
  const { facts, signal, onBytes } = options
  // neither emptied when it is there, nor only appended to
  const handle = await open(options.path, constants.O_RDWR | constants.O_CREAT, 0o600)
  try {
    const file = await openArriving(handle, facts, signal)
    await onBytes(file.size, 0)
    if (file.size === 0 || file.size !== facts.sizeBytes) await receive(file, options)
    await handle.sync()
    return file.digest()
  } finally {
    await handle.close()
  }
}

/** The bytes on disk, and their hash so far. */
class ArrivingFile {
  readonly #handle: FileHandle
  #hash: Hash
  #size: number

  constructor(handle: FileHandle, hash: Hash, size: number) {
    this.#handle = handle
    this.#hash = hash
    this.#size = size
  }

  get size(): number {
    return this.#size
  }

  async startOver(): Promise<void> {
    await this.#handle.truncate(0)
    this.#hash = createHash('sha256')
    this.#size = 0
  }

  async append(chunk: Buffer): Promise<void> {
    for (let written = 0; written < chunk.length; ) {
      const { bytesWritten } = await this.#handle.write(
        chunk,
        written,
        chunk.length - written,
        this.#size + written
      )
      written += bytesWritten
    }
    this.#hash.update(chunk)
    this.#size += chunk.length
  }

  digest(): string {
    return this.#hash.digest('hex')
  }
}

/** What is there already is hashed first. What nobody could say to be of this file is dropped. */
async function openArriving(
  handle: FileHandle,
  facts: FileFacts,
  signal: AbortSignal
): Promise<ArrivingFile> {
  const hash = createHash('sha256')
  const { size } = await handle.stat()
  const isKnown = facts.sha256 !== null || facts.etag !== null
  if (isKnown && size <= (facts.sizeBytes ?? size)) {
    return new ArrivingFile(handle, hash, await addToHash(hash, handle, signal))
  }
  await handle.truncate(0)
  return new ArrivingFile(handle, hash, 0)
}

async function receive(file: ArrivingFile, options: FetchFileOptions): Promise<void> {
  const { http, hub, source, facts, signal } = options
  const response = await http.send({
    method: 'GET',
    hub,
    url: fileUrl(hub, source),
    headers: rangeHeaders(file.size, facts),
    signal
  })
  try {
    await checkHead(response, file, options)
    const known = refuseChanged(facts, factsOf(response, file.size))
    await options.onFacts(known, commitOf(response))
    await receiveBody(response, file, known.sizeBytes, options)
  } finally {
    response.body.destroy()
  }
}

function rangeHeaders(size: number, { sha256, etag }: FileFacts): Record<string, string> {
  if (size === 0) return {}
  const range = `bytes=${size}-`
  // what is known by its hash is the same on every server, though their tags differ
  return sha256 === null && etag !== null ? { range, 'if-range': etag } : { range }
}

/** Settles where the bytes that come belong, and refuses an answer that cannot be of this file. */
async function checkHead(
  response: HubResponse,
  file: ArrivingFile,
  options: FetchFileOptions
): Promise<void> {
  const { status, headers, host } = response
  const { http, hub, source, facts } = options
  if (status === 416) {
    await file.startOver()
    throw retry(`${host} does not have the part that is missing.`)
  }
  if (status !== 200 && status !== 206) throw await http.problemOf(response, hub, source.repo)
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    throw new HomeportError('upstream-failed', `${host} compressed the file although it was not asked to.`)
  }
  // asked for a part, it sends all: the file is another one now, or it knows no parts
  if (status === 200 && file.size > 0) await file.startOver()
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '')
    const isMissingPart = range !== null && Number(range[1]) === file.size
    const isWholeSize =
      facts.sizeBytes === null || range?.[2] === '*' || Number(range?.[2]) === facts.sizeBytes
    if (!isMissingPart || !isWholeSize) {
      await file.startOver()
      throw retry(`${host} sent another part than it was asked for.`)
    }
  }
  const length = headers['content-length']
  if (length !== undefined && facts.sizeBytes !== null && file.size + Number(length) !== facts.sizeBytes) {
    throw retry(`${host} announced another length than the file has.`)
  }
}

async function receiveBody(
  { body, host }: HubResponse,
  file: ArrivingFile,
  sizeBytes: number | null,
  { signal, onBytes }: FetchFileOptions
): Promise<void> {
  const chunks = body[Symbol.asyncIterator]()
  while (true) {
    const next: IteratorResult<Buffer> = await chunks.next().catch((error: unknown) => {
      signal.throwIfAborted()
      throw hubUnreachable(host, error)
    })
    if (next.done) break
    if (sizeBytes !== null && file.size + next.value.length > sizeBytes) {
      await file.startOver()
      throw retry(`${host} sent more than the file has.`)
    }
    await file.append(next.value)
    await onBytes(file.size, next.value.length)
  }
  signal.throwIfAborted()
  if (sizeBytes !== null && file.size < sizeBytes) throw retry(`${host} ended before the file did.`)
}

const retry = (message: string): HomeportError =>
  new HomeportError('upstream-failed', message, {
    retryable: true,
    action: 'Try again later, or another mirror.'
  })
