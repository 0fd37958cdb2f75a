import type { DiscoveredServer } from '../contract/models.ts'

/** A program that serves models on this machine, and how it is told from whatever else has its usual port. */
export interface LocalServer {
  id: string
  name: string
  port: number
  /** A path only this program answers in its way. */
  signaturePath: string
  isSignature(json: Record<string, unknown>): boolean
}

export const localServers: readonly LocalServer[] = [
  {
    id: 'ollama',
    name: 'Ollama',
    port: 11_434,
    // https://github.com/ollama/ollama/blob/main/docs/api.md#version
    signaturePath: '/api/version',
    isSignature: (json) => typeof json.version === 'string'
  },
  {
    id: 'lm-studio',
    name: 'LM Studio',
    port: 1234,
    // https://lmstudio.ai/docs/developer/rest/endpoints: its own list, beside the OpenAI-compatible one
    signaturePath: '/api/v0/models',
    isSignature: (json) => json.object === 'list' && Array.isArray(json.data)
  },
  {
    id: 'llama-cpp',
    name: 'llama.cpp server',
    port: 8080,
    // https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md#get-props-get-server-global-properties
    signaturePath: '/props',
    isSignature: (json) => typeof json.default_generation_settings === 'object' && 'total_slots' in json
  }
]

const DEADLINE_MS = 500
const MAX_BYTES = 1024 * 1024

/** Those that answer now, with their models. Asks nothing but 127.0.0.1. */
export async function findLocalServers(
  servers: readonly LocalServer[]
): Promise<Omit<DiscoveredServer, 'alreadyAdded'>[]> {
  const found = await Promise.all(servers.map(ask))
  return found.filter((server) => server !== null)
}

async function ask(server: LocalServer): Promise<Omit<DiscoveredServer, 'alreadyAdded'> | null> {
  const origin = `http://127.0.0.1:${server.port}`
  const signature = await getJson(`${origin}${server.signaturePath}`)
  if (!signature || !server.isSignature(signature)) return null
  const list = await getJson(`${origin}/v1/models`)
  const models = Array.isArray(list?.data) ? list.data.flatMap(idOf) : []
  return { id: server.id, name: server.name, baseUrl: `${origin}/v1`, models: models.sort() }
}

function idOf(item: unknown): string[] {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : null
  return typeof id === 'string' && id !== '' ? [id] : []
}

/** Null for anything but a JSON object that is there in time: whatever listens there may be no model server. */
async function getJson(url: string): Promise<Record<string, unknown> | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS), redirect: 'error' })
    if (!response.ok || !response.body) return null
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of response.body) {
      size += chunk.length
      if (size > MAX_BYTES) return null
      chunks.push(chunk)
    }
    const json: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return isObject(json) ? json : null
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a URL's host is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** Whether two base URLs lead to the same server, by whichever name of this machine. */
export function isSameServer(one: string, other: string): boolean {
  return placeOf(one) === placeOf(other)
}

function placeOf(baseUrl: string): string {
  const url = new URL(baseUrl)
  return isLoopback(url.hostname) ? `loopback:${url.port}` : url.host
}
