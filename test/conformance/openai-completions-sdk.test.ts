import type OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appToken } from '../../core/gateway/testing/small-gateway.ts'
import { fakeModels } from '../support/fake-upstream.ts'
import { type ResponsesGateway, startResponsesGateway } from '../support/responses-gateway.ts'
import { hasOpenaiSchema, openaiSchemaProblems } from './openai-schema.ts'

let gateway: ResponsesGateway
let client: OpenAI

beforeAll(async () => {
  gateway = await startResponsesGateway()
  client = gateway.sdk(appToken)
})
afterAll(() => gateway?.close())

const echo = `chat/${fakeModels.echo}`

describe('text completions', () => {
  it('ask a chat model with the prompt', async () => {
    const completion = await client.completions.create({ model: echo, prompt: 'Once upon' })
    expect(completion).toMatchObject({
      object: 'text_completion',
      choices: [{ text: 'Once upon', index: 0, finish_reason: 'stop' }]
    })
    if (hasOpenaiSchema) expect(openaiSchemaProblems('CreateCompletionResponse', completion)).toEqual([])
  })

  it('stream, with usage where it was asked for', async () => {
    const stream = await client.completions.create({
      model: echo,
      prompt: ['Once upon a time'],
      stream: true,
      stream_options: { include_usage: true }
    })
    let read = ''
    let tokens = 0
    for await (const { choices, usage } of stream) {
      read += choices[0]?.text ?? ''
      tokens += usage?.total_tokens ?? 0
    }
    expect(read).toBe('Once upon a time')
    expect(tokens).toBeGreaterThan(0)
  })

  it('name what no chat can do', async () => {
    const { response } = await client.completions
      .create({ model: echo, prompt: 'x', echo: true, suffix: 'y', best_of: 2, logprobs: 1 })
      .withResponse()
    const warning = response.headers.get('x-homeport-warning')
    for (const name of ['echo', 'suffix', 'best_of', 'logprobs'])
      expect(warning).toContain(`${name} was dropped`)
    await expect(client.completions.create({ model: echo, prompt: ['one', 'two'] })).rejects.toMatchObject({
      status: 400,
      param: 'prompt'
    })
  })
})
