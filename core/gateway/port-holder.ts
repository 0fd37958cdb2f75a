import { readdir, readFile, readlink } from 'node:fs/promises'
import { get } from 'node:http'
import { healthSchema } from '../contract/info.ts'

const probeTimeoutMs = 500

/** Says in a few words what listens on a port of this machine, as well as can be found out cheaply. */
export async function describePortHolder(port: number): Promise<string> {
  const version = await homeportVersion(port)
  if (version !== null) return `another Homeport (version ${version})`
  return (await processOnPort(port).catch(() => null)) ?? 'another program'
}

/** The version of the Homeport that answers on the port; null when none does. */
function homeportVersion(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/health', agent: false, timeout: probeTimeoutMs })
    const deadline = setTimeout(() => request.destroy(new Error('probe timed out')), probeTimeoutMs)
    request.on('error', () => resolve(null))
    request.on('close', () => {
      clearTimeout(deadline)
      resolve(null)
    })
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > 1000) request.destroy()
      })
      response.on('error', () => resolve(null))
      response.on('end', () => resolve(versionIn(text)))
    })
  })
}

function versionIn(text: string): string | null {
  try {
    const health = healthSchema.safeParse(JSON.parse(text))
    return health.success && /^[\w.+-]{1,40}$/.test(health.data.version) ? health.data.version : null
  } catch {
    return null
  }
}

/** Linux tells through /proc, for processes of the same user; elsewhere nobody is asked. */
async function processOnPort(port: number): Promise<string | null> {
  if (process.platform !== 'linux') return null
  const inode = (await listenerInode('/proc/net/tcp', port)) ?? (await listenerInode('/proc/net/tcp6', port))
  if (inode === null) return null
  for (const pid of await readdir('/proc')) {
    if (/^\d+$/.test(pid) && (await holdsSocket(pid, inode))) {
      const name = (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()
      return `"${name}" (process ${pid})`
    }
  }
  return null
}

/** Columns of /proc/net/tcp: 1 local address as hex `address:port`, 3 state (0A listens), 9 inode. See proc(5). */
async function listenerInode(table: string, port: number): Promise<string | null> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  for (const line of (await readFile(table, 'utf8')).split('\n')) {
    const columns = line.trim().split(/\s+/)
    if (columns[3] === '0A' && columns[1]?.endsWith(suffix)) return columns[9] ?? null
  }
  return null
}

async function holdsSocket(pid: string, inode: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  // processes of other users do not show their files
  const descriptors = await readdir(folder).catch(() => [])
  for (const descriptor of descriptors) {
    const target = await readlink(`${folder}/${descriptor}`).catch(() => '')
    if (target === `socket:[${inode}]`) return true
  }
  return false
}
