import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { type ScriptedUpstream, sendJson, startScriptedUpstream } from '../support/scripted-upstream.ts'

let upstream: ScriptedUpstream
let daemon: DaemonProcess
let secret: string

beforeAll(async () => {
  upstream = await startScriptedUpstream(['rerank-v3.5'])
  upstream.answers.rerank = ({ json }, response) => {
    const results = [
      { index: 1, relevance_score: 0.92 },
      { index: 0, relevance_score: 0.11 }
    ]
    sendJson(response, { results: results.slice(0, Number(json?.top_n ?? 2)), usage: { total_tokens: 40 } })
  }
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', { id: 'up', baseUrl: upstream.baseUrl })
  secret = (await daemon.app('POST /app/keys', { name: 'Retriever' })).secret
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

async function rerank(fields: object) {
  const response = await fetch(`${daemon.baseUrl}/v1/rerank`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'up/rerank-v3.5',
      query: 'capital',
      documents: ['cat', 'Paris'],
      ...fields
    })
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

describe('POST /v1/rerank', () => {
  it('answers with the places of the documents, best first', async () => {
    const { body } = await rerank({})
    expect(body).toMatchObject({
      id: expect.any(String),
      model: 'up/rerank-v3.5',
      results: [
        { index: 1, relevance_score: 0.92 },
        { index: 0, relevance_score: 0.11 }
      ]
    })
    expect(body.results[0]).not.toHaveProperty('document')
    expect(upstream.requests.at(-1)?.json).toMatchObject({
      model: 'rerank-v3.5',
      query: 'capital',
      documents: ['cat', 'Paris']
    })
  })

  it('takes documents with a text, gives back the best with theirs, and names what it dropped', async () => {
    const documents = [{ text: 'cat' }, { text: 'Paris' }]
    const { body, headers } = await rerank({
      documents,
      top_n: 1,
      return_documents: true,
      rank_fields: ['text']
    })
    expect(body.results).toEqual([{ index: 1, relevance_score: 0.92, document: { text: 'Paris' } }])
    expect(headers.get('x-homeport-warning')).toBe('rank_fields was dropped')
  })

  it.each([
    ['query', { query: 7 }],
    ['documents', { documents: [] }],
    ['documents[1]', { documents: ['a', { image: 'b' }] }],
    ['top_n', { top_n: 0 }],
    ['return_documents', { return_documents: 'yes' }]
  ])('refuses a bad %s', async (param, fields) => {
    const { status, body } = await rerank(fields)
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ param, type: 'invalid_request_error' })
  })
})
