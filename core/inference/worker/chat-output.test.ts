import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EngineChat, EngineMessage } from '../../contract/engine-frames.ts'
import { answer, type ChatBench, chatBench, chatOf, user } from './chat-model.test-support.ts'
import type { ChatModel } from './chat-model.ts'
import { ChatTemplate } from './chat-template.ts'

/** ChatML with tools in the form of Hermes and Qwen, and a thought that every answer begins with. */
const toolTemplate = `{% if tools %}<|im_start|>system
{% if messages[0].role == 'system' %}{{ messages[0].content }}

{% endif %}# Tools
{% for tool in tools %}{{ tool | tojson }}
{% endfor %}<|im_end|>
{% elif messages[0].role == 'system' %}<|im_start|>system
{{ messages[0].content }}<|im_end|>
{% endif %}{% for message in messages %}{% if message.role == 'user' %}<|im_start|>user
{{ message.content }}<|im_end|>
{% elif message.role == 'assistant' %}<|im_start|>assistant
{{ message.content }}{% if message.tool_calls %}{% for call in message.tool_calls %}
<tool_call>
{"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments | tojson }}}
</tool_call>{% endfor %}{% endif %}<|im_end|>
{% elif message.role == 'tool' %}{% if messages[loop.index0 - 1].role != 'tool' %}<|im_start|>user{% endif %}
<tool_response>
{{ message.content }}
</tool_response>{% if loop.last or messages[loop.index0 + 1].role != 'tool' %}<|im_end|>
{% endif %}{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}`
const thoughtTemplate = `{% for message in messages %}<|im_start|>{{ message.role }}
{% if message.role == 'assistant' and message.reasoning_content %}<think>
{{ message.reasoning_content }}
</think>
{% endif %}{{ message.content }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% if enable_thinking is defined and not enable_thinking %}<think>

</think>

{% else %}<think>
{% endif %}{% endif %}`

const tools: EngineChat['tools'] = [
  {
    name: 'weather',
    description: 'The weather of a place',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string', maxLength: 5 }, unit: { enum: ['C', 'F'] } }
    }
  },
  { name: 'now', description: 'The time', parameters: null }
]

describe('what a chat model writes', () => {
  let bench: ChatBench
  let plain: ChatModel
  let hermes: ChatModel
  let thinker: ChatModel

  beforeAll(async () => {
    bench = await chatBench()
    const options = { contextTokens: 2048, parallel: 2 }
    plain = await bench.load(bench.write('plain'), options)
    hermes = await bench.load(bench.write('hermes', { chatTemplate: toolTemplate }), options)
    thinker = await bench.load(bench.write('thinker', { chatTemplate: thoughtTemplate }), options)
  })
  afterAll(() => bench.close())

  describe('tool calls', () => {
    test.each(['required', { name: 'weather' }] as const)(
      'a demanded call comes, with arguments that fit: %j',
      async (toolChoice) => {
        for (const model of [plain, hermes]) {
          const only = tools.slice(0, 1)
          const { calls, argumentPieces, text, finish } = await answer(
            model,
            chatOf('Oslo?', { tools: only, toolChoice, maxTokens: 300 })
          )
          expect(finish).toBe('tool-calls')
          expect(text).toBe('')
          expect(calls).toHaveLength(1)
          expect(calls[0]?.name).toBe('weather')
          const { city, unit } = JSON.parse(calls[0]?.arguments ?? '')
          expect(typeof city).toBe('string')
          expect(['C', 'F']).toContain(unit)
          expect(calls[0]?.arguments).toBe(calls[0]?.arguments.trim())
          expect(argumentPieces).toBeGreaterThan(5)
        }
      }
    )

    test('a call of a tool without parameters has empty arguments', async () => {
      const { calls, finish } = await answer(plain, chatOf('Now?', { tools, toolChoice: { name: 'now' } }))
      expect(finish).toBe('tool-calls')
      expect(calls).toEqual([{ name: 'now', arguments: '{}' }])
    })

    test('several calls come one after the other, where they are allowed', async () => {
      const { calls } = await answer(
        hermes,
        chatOf('Oslo and Rome?', { tools, toolChoice: 'required', parallelToolCalls: true, maxTokens: 300 })
      )
      expect(calls.length).toBeGreaterThan(1)
      for (const call of calls.slice(0, -1)) expect(() => JSON.parse(call.arguments)).not.toThrow()
    })

    test('a call that is cut off ends with the length, not as a call', async () => {
      const { calls, finish, usage } = await answer(
        plain,
        chatOf('Oslo?', { tools, toolChoice: { name: 'weather' }, maxTokens: 12 })
      )
      expect(finish).toBe('length')
      expect(usage.output.total).toBe(12)
      expect(calls[0]?.name).toBe('weather')
    })

    test('a call that reaches the end of the context ends there', async () => {
      const small = await bench.load(bench.write('small'), { contextTokens: 1024, parallel: 1 })
      const endless = [{ name: 'say', description: '', parameters: { type: 'string', minLength: 400 } }]
      const chat = chatOf('Go', { tools: endless, toolChoice: 'required', maxTokens: null })
      const { finish, usage } = await answer(small, chat)
      expect(finish).toBe('length')
      expect(usage.input.total + usage.output.total).toBeLessThanOrEqual(1024)
      expect(usage.input.total + usage.output.total).toBeGreaterThan(1000)
    })

    test('refuses to demand a tool that there is not', async () => {
      for (const toolChoice of ['required', { name: 'gone' }] as const) {
        await expect(answer(plain, chatOf('Oslo?', { toolChoice }))).rejects.toMatchObject({
          code: 'bad-request'
        })
      }
    })

    test('no tool is called where none may be', async () => {
      const { calls, finish } = await answer(plain, chatOf('Oslo?', { tools, toolChoice: 'none' }))
      expect(calls).toEqual([])
      expect(finish).toBe('length')
    })

    test('earlier calls and results are told in the form of the template, letter by letter', async () => {
      const messages: EngineMessage[] = [
        { role: 'system', text: 'Be brief.' },
        user('Weather?'),
        {
          role: 'assistant',
          text: 'Let me see.',
          toolCalls: [
            { id: '1', name: 'weather', arguments: '{"city":  "Oslo"}' },
            { id: '2', name: 'now', arguments: '{}' }
          ]
        },
        { role: 'tool', callId: '2', name: 'now', text: '{"hour": 12}' },
        { role: 'tool', callId: '1', name: 'weather', text: 'cold' }
      ]
      const model = await bench.llama.loadModel({
        modelPath: bench.write('told', { chatTemplate: toolTemplate })
      })
      const { wrapper, history } = new ChatTemplate(model).promptOf(chatOf(messages, { tools }))
      const text = wrapper.generateContextState({ chatHistory: history }).contextText.toString()
      await model.dispose()
      const parts = ['"name": "weather"', '"city":  "Oslo"', 'now', '{}', 'cold', '"hour": 12']
      const places = parts.map((part) => text.indexOf(part, text.indexOf('Let me see')))
      expect(places).toEqual([...places].sort((a, b) => a - b))
      expect(Math.min(...places)).toBeGreaterThan(0)
      expect(text.match(/<tool_response>/g)).toHaveLength(2)
    })
  })

  describe('JSON', () => {
    const output = { schema: { type: 'object', properties: { a: { type: 'boolean' } } } }

    test('gives way to a call that is demanded, and otherwise says that no tool can be called', async () => {
      const chat = chatOf('Oslo?', { tools, output, maxTokens: 300 })
      const demanded = await answer(plain, { ...chat, toolChoice: 'required' })
      expect(demanded.finish).toBe('tool-calls')
      expect(demanded.notes).toEqual([])
      const { text, notes } = await answer(plain, chat)
      expect(JSON.parse(text)).toEqual({ a: expect.any(Boolean) })
      expect(notes).toEqual([expect.stringContaining('No tool can be called')])
    })

    test('is any JSON where nothing more is asked', async () => {
      const { text, finish } = await answer(plain, chatOf('Hello', { output: 'json', maxTokens: 1500 }))
      if (finish === 'stop') expect(() => JSON.parse(text)).not.toThrow()
      expect(text.trimStart()).toMatch(/^[[{]/)
    })

    test('keeps to its schema, even for a model that begins with a thought', async () => {
      const properties = { yes: { type: 'boolean' }, kind: { enum: ['a', 'b'] } }
      const chat = chatOf('Hello', { output: { schema: { type: 'object', properties } }, maxTokens: 200 })
      for (const model of [plain, thinker]) {
        const { text, reasoning, finish } = await answer(model, chat)
        expect(finish).toBe('stop')
        expect(reasoning).toBe('')
        expect(JSON.parse(text)).toEqual({
          yes: expect.any(Boolean),
          kind: expect.stringMatching(/^[ab]$/)
        })
      }
    })
  })

  describe('reasoning', () => {
    test('is kept apart from the answer', async () => {
      const { text, reasoning, usage } = await answer(thinker, chatOf('Hello', { maxTokens: 30 }))
      expect(text).toBe('')
      expect(reasoning).not.toBe('')
      expect(usage.output).toEqual({ total: 30, text: 0, reasoning: 30 })
    })

    test.each([0, 5])('ends after %i tokens', async (reasoningTokens) => {
      const chat = chatOf('Hello', { reasoningTokens, maxTokens: 30 })
      const { text, reasoning, usage } = await answer(thinker, chat)
      expect(text).not.toBe('')
      expect(reasoning === '').toBe(reasoningTokens === 0)
      expect(usage.output).toEqual({ total: 30, text: 30 - reasoningTokens, reasoning: reasoningTokens })
    })
  })

  describe('logprobs', () => {
    test('belong to the tokens of the answer, with their likeliest alternatives', async () => {
      const { text, logprobs } = await answer(
        plain,
        chatOf('Hello', { temperature: 0, maxTokens: 16, logprobs: { top: 5 } })
      )
      expect(logprobs).toHaveLength(16)
      expect(logprobs.map(({ token }) => token).join('')).toBe(text)
      expect(Buffer.from(logprobs.flatMap(({ bytes }) => bytes ?? [])).toString()).toBe(text)
      for (const { token, logprob, top } of logprobs) {
        expect(top).toHaveLength(5)
        // the coldest choice is the first alternative
        expect(top[0]).toMatchObject({ token, logprob })
        const odds = top.map((alternative) => Math.exp(alternative.logprob))
        expect(odds).toEqual([...odds].sort((a, b) => b - a))
        expect(odds.reduce((sum, odd) => sum + odd, 0)).toBeLessThanOrEqual(1.0001)
      }
    })

    test('do not change what is written at a temperature of 0', async () => {
      const chat = chatOf('Hello', { temperature: 0, maxTokens: 40 })
      expect((await answer(plain, { ...chat, logprobs: { top: 0 } })).text).toBe(
        (await answer(plain, chat)).text
      )
    })

    test('are the same for the same seed, and do not depend on the temperature', async () => {
      const chat = chatOf('Hello', { seed: 7, maxTokens: 20, logprobs: { top: 2 } })
      const first = await answer(plain, chat)
      expect((await answer(plain, chat)).logprobs).toEqual(first.logprobs)
      const hot = await answer(plain, { ...chat, temperature: 2 })
      expect(hot.logprobs[0]?.top).toEqual(first.logprobs[0]?.top)
    })

    test('come with JSON that keeps to a schema, too', async () => {
      const output = { schema: { type: 'object', properties: { a: { type: 'boolean' } } } }
      const { text, logprobs } = await answer(
        plain,
        chatOf('Hello', { output, maxTokens: 100, logprobs: { top: 1 } })
      )
      expect(JSON.parse(text)).toEqual({ a: expect.any(Boolean) })
      expect(logprobs.map(({ token }) => token).join('')).toBe(text)
    })
  })
})
