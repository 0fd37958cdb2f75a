import { once } from 'node:events'
import { type Dirent, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import { waitUntil } from '../../../test/support/wait-until.ts'
import type { EngineChat } from '../../contract/engine-frames.ts'
import { silentLogger } from '../../lib/logger.ts'
import { modelAt, question, trackedSpawn } from './engine.test-support.ts'
import { Engine } from './engine.ts'
import type { EngineAnswer } from './pending-request.ts'

describe('answers of the engine', () => {
  let folder: string
  let tiny: string
  let engine: Engine
  const { spawnChild, children } = trackedSpawn()
  const never = new AbortController().signal

  const start = (extra: Partial<EngineChat> = {}, path = tiny, signal = never) =>
    engine.chat(question(extra), { owner: 'somebody', path, model: () => modelAt(path), signal })
  const collect = async ({ events }: EngineAnswer) => {
    let text = ''
    for await (const event of events) {
      if (event.type === 'end') return { text, finish: event.finish, usage: event.usage }
      if (event.type === 'delta') text += event.text
    }
    throw new Error('the answer has no end')
  }
  const ask = async (extra: Partial<EngineChat> = {}, path = tiny) => collect(await start(extra, path))
  const say = (text: string): Pick<EngineChat, 'messages'> => ({ messages: [{ role: 'user', text }] })

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-engine-'))
    tiny = join(folder, 'tiny.gguf')
    writeTinyGguf(tiny)
    engine = new Engine({
      dataDir: folder,
      spawnChild,
      logger: silentLogger,
      memoryBudget: () => 1e9,
      onChange() {}
    })
  })
  afterAll(async () => {
    await engine.close()
    rmSync(folder, { recursive: true })
  })

  test('starts its process with the first request, and streams', async () => {
    expect(children).toHaveLength(0)
    expect(engine.backend).toBeNull()
    const kinds: string[] = []
    for await (const event of (await start()).events) kinds.push(event.type)
    expect(kinds.length).toBeGreaterThan(5)
    expect(kinds.lastIndexOf('delta')).toBe(kinds.length - 2)
    expect(kinds.at(-1)).toBe('end')
    expect(children).toHaveLength(1)
    expect(engine.backend).not.toBeNull()
    await waitUntil(() => engine.models.some(({ state }) => state === 'loaded'))
    expect(engine.models.map(({ path }) => path)).toEqual([tiny])
  })

  test('ends at the asked number of tokens, and counts them', async () => {
    const { finish, usage } = await ask({ maxTokens: 7 })
    expect(finish).toBe('length')
    expect(usage.output).toEqual({ total: 7, text: 7, reasoning: 0 })
    expect(usage.input.total).toBe(usage.input.noCache + usage.input.cacheRead)
    expect(usage.input.total).toBeGreaterThan(20)
  })

  test('reuses the prompt it has seen, and says so', async () => {
    const long = say('Tell me about harbours. '.repeat(10))
    await ask({ ...long, maxTokens: 1 })
    const { usage } = await ask({ ...long, maxTokens: 1 })
    expect(usage.input.noCache).toBeLessThan(5)
  })

  test('holds an answer to a JSON schema', async () => {
    const schema = {
      type: 'object',
      properties: {
        city: { enum: ['Bergen', 'Porto'] },
        ships: { type: 'integer' },
        open: { type: 'boolean' }
      }
    }
    const { text, finish } = await ask({ output: { schema }, maxTokens: 400 })
    expect(finish).toBe('stop')
    expect(JSON.parse(text)).toEqual({
      city: expect.stringMatching(/^(Bergen|Porto)$/),
      ships: expect.any(Number),
      open: expect.any(Boolean)
    })
  })

  test('goes on past a blank, though the template writes one after each message', async () => {
    const plain = join(folder, 'plain.gguf')
    writeTinyGguf(plain, {
      chatTemplate: '{{ bos_token }}{% for m in messages %}{{ m.content }} {% endfor %}'
    })
    const { text } = await ask({ output: { schema: { const: 'one two three' } }, maxTokens: 100 }, plain)
    expect(JSON.parse(text)).toBe('one two three')
  })

  test('tells thoughts from the answer', async () => {
    const thinking = join(folder, 'thinking.gguf')
    const history =
      '{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.reasoning_content %}<think>\n{{ m.reasoning_content }}\n</think>\n\n{% endif %}{{ m.content }}<|im_end|>\n{% endfor %}'
    const chatTemplate = `${history}{% if add_generation_prompt %}<|im_start|>assistant\n<think>\n{% endif %}`
    writeTinyGguf(thinking, { chatTemplate })
    let reasoning = ''
    for await (const event of (await start({}, thinking)).events) {
      if (event.type === 'end') expect(event.usage.output).toEqual({ total: 20, text: 0, reasoning: 20 })
      else if (event.type === 'delta') reasoning += event.reasoning
    }
    expect(reasoning).not.toBe('')
  })

  test('never cuts a character in two, though it is made of several tokens', async () => {
    const words = 'Grüße 👩‍👩‍👧 日本'
    const chunks: string[] = []
    const { events } = await start({ output: { schema: { const: words } }, maxTokens: 200 })
    for await (const event of events) {
      if (event.type === 'delta') chunks.push(event.text)
    }
    expect(JSON.parse(chunks.join(''))).toBe(words)
    expect(chunks.filter((chunk) => chunk.includes('\uFFFD'))).toEqual([])
  })

  test('refuses a prompt that does not fit, and forgets nothing of one that just does', async () => {
    const overflow = ask(say('harbour '.repeat(2000)))
    await expect(overflow).rejects.toMatchObject({
      code: 'context-overflow',
      param: 'messages'
    })
    const { usage } = await ask({ ...say('x'.repeat(1000)), maxTokens: 1 })
    const { usage: full, finish } = await ask({
      ...say('x'.repeat(1000 + 2048 - usage.input.total - 10)),
      maxTokens: null
    })
    expect(finish).toBe('length')
    expect(full.input.total).toBe(2038)
    expect(full.output.total).toBeLessThan(10)
  })

  test('finishes requests that come at the same time', async () => {
    const answers = await Promise.all([ask({ maxTokens: 9 }), ask({ maxTokens: 8 }), ask({ maxTokens: 7 })])
    expect(answers.map((answer) => answer.usage.output.total)).toEqual([9, 8, 7])
  })

  test('changes from one model to another', async () => {
    const second = join(folder, 'second.gguf')
    writeTinyGguf(second, {
      contextTokens: 512,
      chatTemplate: '{% for m in messages %}{{ m.content }}{% endfor %}'
    })
    const [, there, back] = await Promise.all([ask(), ask({}, second), ask()])
    expect(there.usage.output.total).toBe(20)
    expect(back.usage.output.total).toBe(20)
  })

  test('stops when the caller does, and throws the reason', async () => {
    const abort = new AbortController()
    const { events } = await start({ maxTokens: 2000 }, tiny, abort.signal)
    let seen = 0
    const reading = (async () => {
      for await (const _ of events) {
        seen += 1
        if (seen === 3) abort.abort(new Error('enough'))
      }
    })()
    await expect(reading).rejects.toThrow('enough')
    expect((await ask()).finish).toBe('length')
  })

  test('never begins what is stopped the moment it was asked', async () => {
    await ask()
    const abort = new AbortController()
    const asked = start({}, tiny, abort.signal)
    abort.abort(new Error('changed my mind'))
    await expect(asked).rejects.toThrow('changed my mind')
  })

  test('never begins what is stopped while it waits', async () => {
    const abort = new AbortController()
    const running = ask({ maxTokens: 300 })
    const waiting = start({}, tiny, abort.signal)
    // by now it is in the queue, behind the other
    await new Promise(setImmediate)
    abort.abort(new Error('changed my mind'))
    await expect(waiting).rejects.toThrow('changed my mind')
    expect((await running).usage.output.total).toBe(300)
  })

  test('says what is wrong with a file that it cannot load, and lives on', async () => {
    const wrong = join(folder, 'wrong.gguf')
    // sound as a file, and yet no model: the layers do not fit the number of heads
    writeTinyGguf(wrong, { broken: 'missing-tensor' })
    const before = children.length
    await expect(ask({}, wrong)).rejects.toMatchObject({ code: 'model-broken' })
    expect((await ask()).finish).toBe('length')
    expect(children).toHaveLength(before)
  })

  test('fails the requests that were in a killed process, and starts again for the next', async () => {
    const { events } = await start({ maxTokens: 2000 })
    const before = children.length
    const queued = ask()
    let seen = 0
    const reading = (async () => {
      for await (const _ of events) {
        seen += 1
        if (seen === 3) children.at(-1)?.kill('SIGKILL')
      }
    })()
    const failure = {
      code: 'engine-failed',
      retryable: true,
      message: expect.stringContaining('stopped while answering')
    }
    await Promise.all([
      expect(reading).rejects.toMatchObject(failure),
      expect(queued).rejects.toMatchObject(failure)
    ])
    expect((await ask()).finish).toBe('length')
    expect(children).toHaveLength(before + 1)
  })

  test('keeps the compiled code of its process, which starts the faster the next time', async () => {
    await ask()
    const code = join(folder, 'engine-code')
    // the binding, too, starts a process, to test itself: that one has none of our code
    const isOurs = ({ parentPath, name }: Dirent) =>
      readFileSync(join(parentPath, name)).includes('ModelHost')
    await waitUntil(() =>
      readdirSync(code, { recursive: true, withFileTypes: true }).some(
        (entry) => entry.isFile() && isOurs(entry)
      )
    )
  })

  test('takes its process along when it is closed', async () => {
    await ask()
    const process = children.at(-1)
    await engine.close()
    if (process !== undefined && process.exitCode === null && process.signalCode === null)
      await once(process, 'exit')
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' })
  })
})
