import { z } from 'zod'
import type { FoundRepo } from '../../contract/downloads.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { HubHttp } from '../hub/hub-http.ts'
import type { ListedFile } from './repo-models.ts'

export interface HubSearchOptions {
  http: HubHttp
  hub: () => URL
}

const FOUND = 30
const MAX_FILES = 5_000
const DEADLINE_MS = 60_000

// what the package hands on is not checked by it
const foundSchema = z.object({
  name: z.string().regex(/^[\w.-]{1,96}\/[\w.-]{1,96}$/),
  downloads: z.number().int().nonnegative().catch(0),
  likes: z.number().int().nonnegative().catch(0),
  updatedAt: z.date().nullable().catch(null),
  gated: z.union([z.boolean(), z.string()]).catch(false),
  tags: z.array(z.string()).catch([])
})
const listedSchema = z.object({
  type: z.string(),
  path: z.string().max(500),
  size: z.number().int().nonnegative().nullable().catch(null),
  lfs: z
    .object({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int().nonnegative() })
    .nullish()
    .catch(null)
})

/** Repositories at the hub that hold GGUF files, those downloaded most first. */
export async function searchHub(query: string, options: HubSearchOptions): Promise<FoundRepo[]> {
  // the package is read when somebody first searches: most never do
  const { listModels } = await import('@huggingface/hub')
  const found = listModels({
    search: { query, tags: ['gguf'] },
    sort: 'downloads',
    limit: FOUND,
    additionalFields: ['tags'],
    hubUrl: baseOf(options.hub()),
    fetch: fetchFrom(options, null)
  })
  const repos: FoundRepo[] = []
  await eachOf(found, options, (entry) => {
    const { success, data } = foundSchema.safeParse(entry)
    if (!success) return true
    repos.push({
      repo: data.name,
      downloads: data.downloads,
      likes: data.likes,
      updatedAt: data.updatedAt?.getTime() ?? null,
      licence: data.tags.find((tag) => tag.startsWith('license:'))?.slice('license:'.length) ?? null,
      gated: data.gated !== false
    })
    return repos.length < FOUND
  })
  return repos
}

/** All files of a repository. Throws `not-found`, `not-allowed` for one that is given only to some. */
export async function listRepoFiles(
  repo: string,
  revision: string,
  options: HubSearchOptions
): Promise<ListedFile[]> {
  const { listFiles } = await import('@huggingface/hub')
  const listed = listFiles({
    repo: { type: 'model', name: repo },
    // the package puts it into the address as it is
    revision: encodeURIComponent(revision),
    recursive: true,
    hubUrl: baseOf(options.hub()),
    fetch: fetchFrom(options, repo)
  })
  const files: ListedFile[] = []
  let seen = 0
  await eachOf(listed, options, (entry) => {
    seen += 1
    const { success, data } = listedSchema.safeParse(entry)
    if (success && data.type === 'file') {
      files.push({ path: data.path, sizeBytes: data.lfs?.size ?? data.size, sha256: data.lfs?.oid ?? null })
    }
    return seen < MAX_FILES
  })
  return files
}

const baseOf = (hub: URL): string => hub.href.replace(/\/$/, '')

/** Requests of the package go our way: through the proxy, with the token for the hub alone, and failing in words. */
function fetchFrom({ http, hub }: HubSearchOptions, repo: string | null): typeof fetch {
  return async (input) => {
    const { text, headers } = await http.readText(
      {
        method: 'GET',
        hub: hub(),
        url: new URL(input instanceof Request ? input.url : input),
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(DEADLINE_MS)
      },
      repo
    )
    return new Response(text, { headers: headers.link === undefined ? {} : { link: headers.link } })
  }
}

/** Until `take` says that it is enough. */
async function eachOf(
  entries: AsyncGenerator<unknown>,
  { hub }: HubSearchOptions,
  take: (entry: unknown) => boolean
): Promise<void> {
  try {
    for await (const entry of entries) if (!take(entry)) return
  } catch (error) {
    if (error instanceof HomeportError) throw error
    const late = error instanceof Error && error.name === 'TimeoutError'
    throw new HomeportError(
      'upstream-failed',
      `${hub().host} ${late ? 'took too long to answer' : 'answers with what is no list of models'}.`,
      {
        action: late ? 'Try again later.' : 'If a mirror is set in Settings, check its address.',
        cause: error
      }
    )
  }
}
