import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findLocalServers, isSameServer, type LocalServer, localServers } from './local-servers.ts'

type Answers = Record<string, unknown>

/** A server on loopback that answers these paths; a string is sent as it is, null never. */
async function serve(answers: Answers): Promise<number> {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    if (answer === null) return
    if (answer === undefined) response.statusCode = 404
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

const known = (id: string, port: number): LocalServer => {
  const server = localServers.find((candidate) => candidate.id === id)
  if (!server) throw new Error(`no server ${id}`)
  return { ...server, port }
}

const list = (...ids: string[]) => ({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) })
const signatures: [string, Answers][] = [
  ['ollama', { '/api/version': { version: '0.12.3' } }],
  ['lm-studio', { '/api/v0/models': { object: 'list', data: [] } }],
  ['llama-cpp', { '/props': { default_generation_settings: {}, total_slots: 1 } }]
]

describe('findLocalServers', () => {
  it.each(signatures)('knows %s by its own API, and lists its models', async (id, signature) => {
    const port = await serve({ ...signature, '/v1/models': list('b', 'a') })
    expect(await findLocalServers([known(id, port)])).toEqual([
      { id, name: expect.any(String), baseUrl: `http://127.0.0.1:${port}/v1`, models: ['a', 'b'] }
    ])
  })

  it('finds a server that has no models yet', async () => {
    const port = await serve({
      '/api/version': { version: '1' },
      '/v1/models': { object: 'list', data: null }
    })
    expect(await findLocalServers([known('ollama', port)])).toMatchObject([{ models: [] }])
  })

  it.each<[string, Answers]>([
    ['another program that lists models', { '/v1/models': list('a') }],
    ['a page', { '/api/version': '<html>', '/props': '<html>', '/api/v0/models': '<html>' }],
    ['other JSON', { '/api/version': [1], '/props': { total: 1 }, '/api/v0/models': {} }],
    ['endless JSON', { '/api/version': JSON.stringify({ version: 'x'.repeat(2_000_000) }) }],
    ['no answer', { '/api/version': null, '/props': null, '/api/v0/models': null }]
  ])('takes no program for a model server by its port alone: %s', async (_, answers) => {
    const port = await serve(answers)
    expect(await findLocalServers(localServers.map(({ id }) => known(id, port)))).toEqual([])
  })
})

describe('isSameServer', () => {
  it.each([
    ['http://localhost:11434/v1', 'http://127.0.0.1:11434/v1', true],
    ['http://[::1]:11434/v1', 'http://127.0.0.1:11434/v1', true],
    ['http://localhost:11435/v1', 'http://127.0.0.1:11434/v1', false],
    ['http://nas.local:11434/v1', 'http://127.0.0.1:11434/v1', false]
  ])('%s and %s: %s', (one, other, same) => {
    expect(isSameServer(one, other)).toBe(same)
  })
})
