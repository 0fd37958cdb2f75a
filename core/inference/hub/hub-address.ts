import { HomeportError } from '../../errors/homeport-error.ts'
import { classifyHost } from '../../lib/address-policy.ts'

const HUGGING_FACE = 'https://huggingface.co'

/**
 * Where models are asked for: Hugging Face, or the mirror in its place. Throws `bad-request` for a mirror that is reached
 * without encryption and is not on this machine, or that has a name or password in its address.
 */
export function hubAddress(mirrorUrl: string | null): URL {
  const hub = new URL(mirrorUrl ?? HUGGING_FACE)
  hub.search = ''
  hub.hash = ''
  hub.pathname = hub.pathname.replace(/\/+$/, '')
  const problem = addressProblem(hub, hub)
  if (problem === null) return hub
  throw new HomeportError('bad-request', `Models cannot be downloaded from the mirror: ${problem}.`, {
    action: 'Set a mirror that is reached over https.',
    param: 'mirrorUrl'
  })
}

/** Where the bytes of a file are asked for. */
export function fileUrl(hub: URL, { repo, file, revision }: RepoFile): URL {
  // a branch can be called `refs/pr/1`: its slashes are no folders
  const path = [...repo.split('/'), 'resolve', revision, ...file.split('/')]
  return new URL(`${hub.href.replace(/\/$/, '')}/${path.map(encodeURIComponent).join('/')}`)
}

/** A file at the hub. */
export interface RepoFile {
  /** `owner/name`. */
  repo: string
  file: string
  /** Branch, tag or commit. */
  revision: string
}

/**
 * Why an address that the hub named, or is, must not be asked; null when it may be. Nothing is fetched without encryption
 * except from this machine, and a hub out there cannot send us to this machine or its network.
 */
export function addressProblem(url: URL, hub: URL): string | null {
  if (url.username !== '' || url.password !== '') return 'its address holds a name or a password'
  const place = classifyHost(url.hostname)
  if (place === 'forbidden') return 'its address is none that a server can have'
  if (url.protocol !== 'https:') {
    const isLocal = url.protocol === 'http:' && hub.protocol === 'http:' && place === 'loopback'
    return isLocal ? null : 'it is not reached over https'
  }
  if (place !== 'public' && classifyHost(hub.hostname) === 'public')
    return 'it lies in this machine’s network'
  return null
}
