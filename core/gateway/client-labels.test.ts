import { afterEach, describe, expect, test } from 'vitest'
import type { ChatEvent } from '../providers/spec/chat.ts'
import { joinedLabels, labelsOfBody, traceContextOf } from './client-labels.ts'
import { send } from './testing/raw-http.ts'
import {
  appToken,
  bearer,
  chatBody,
  events,
  jsonType,
  type RunningGateway,
  smallPipeline,
  startGateway
} from './testing/small-gateway.ts'

const hello: ChatEvent = { parts: [{ type: 'text-delta', text: 'Hi.' }] }
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

/** What a chat with these headers, and this beside its messages, is called with. */
async function ask(headers: Record<string, string>, more: object = {}) {
  const { pipeline, calls } = smallPipeline(() => events(hello))
  running = await startGateway({ pipeline })
  const answer = await send(running.port, {
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { ...bearer(appToken), ...jsonType, ...headers },
    body: JSON.stringify({ ...JSON.parse(chatBody), ...more })
  })
  return { answer, call: calls[0] }
}

describe('a call', () => {
  test('carries what the headers of its client say of it', async () => {
    const { call } = await ask({
      'x-homeport-feature': 'summaries',
      'x-homeport-project': 'thesis',
      'x-homeport-session': 'run-7',
      'x-homeport-tags': 'night, test,, night',
      traceparent
    })
    expect(call?.labels).toEqual({
      feature: 'summaries',
      project: 'thesis',
      session: 'run-7',
      tags: ['night', 'test']
    })
    expect(call?.traceContext).toEqual({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331'
    })
  })

  test('carries no labels where nobody gave any', async () => {
    const { call } = await ask({})
    expect(call).not.toHaveProperty('labels')
    expect(call).not.toHaveProperty('traceContext')
  })

  test("takes them from its metadata, and the headers' before those", async () => {
    const metadata = { feature: 'search', session_id: 'a', tags: 'x,y', user: 'me' }
    const { call } = await ask({ 'x-homeport-feature': 'triage' }, { metadata })
    expect(call?.labels).toEqual({ feature: 'triage', project: null, session: 'a', tags: ['x', 'y'] })
  })

  test.each([
    ['x-homeport-feature', 'f'.repeat(81)],
    ['x-homeport-session', 's'.repeat(201)],
    ['x-homeport-tags', Array.from({ length: 21 }, (_, n) => n).join()]
  ])('is refused where %s is longer than what is kept', async (header, value) => {
    const { answer, call } = await ask({ [header]: value })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(header)
    expect(call).toBeUndefined()
  })
})

test.each([
  [{ metadata: { user_id: 'user_ab12_account__session_0f8fad5b-d9cb-469f-a165-70867728950e' } }, 'session'],
  [{ metadata: { project: 7, feature: 'x'.repeat(81) } }, null],
  [{ metadata: 'text' }, null],
  [{}, null]
])('metadata %j says: %s', (body, name) => {
  const labels = labelsOfBody(body)
  expect(labels && Object.keys(labels)).toEqual(name && [name])
  if (name) expect(joinedLabels(labels, null).session).toBe('0f8fad5b-d9cb-469f-a165-70867728950e')
})

test.each([
  'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  '00-00000000000000000000000000000000-b7ad6b7169203331-01',
  '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
  '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
  '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331'
])('the traceparent %s is as if it were not there', (value) => {
  expect(traceContextOf({ traceparent: value })).toBeNull()
})
