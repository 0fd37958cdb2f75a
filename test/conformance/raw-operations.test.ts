import OpenAI, { toFile } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { type ScriptedUpstream, sendJson, startScriptedUpstream } from '../support/scripted-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'

let upstream: ScriptedUpstream
let daemon: DaemonProcess
let secret: string
let client: OpenAI

beforeAll(async () => {
  upstream = await startScriptedUpstream(['gpt-image-1', 'gpt-4o-transcribe', 'tts-1', 'omni-moderation'])
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', { id: 'up', baseUrl: upstream.baseUrl, key: 'sk-up' })
  secret = (await daemon.app('POST /app/keys', { name: 'Studio' })).secret
  client = new OpenAI({ baseURL: `${daemon.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

const traceOf = (model: string, ending: 'ok' | 'aborted' | 'cut' = 'ok') =>
  waitUntil(async () => {
    const { traces } = await daemon.app('GET /app/traces')
    return traces.find((trace) => trace.model === model && trace.status === ending)
  })

describe('the openai SDK', () => {
  it('makes pictures, whose tokens are counted', async () => {
    const usage = { input_tokens: 12, output_tokens: 272, total_tokens: 284 }
    upstream.answers['images/generations'] = (_, response) =>
      sendJson(response, { created: 1, data: [{ b64_json: 'iVBORw0KGgo=' }], usage })
    const answer = await client.images.generate({
      model: 'up/gpt-image-1',
      prompt: 'A harbour',
      size: '1024x1024'
    })
    expect(answer).toMatchObject({ data: [{ b64_json: 'iVBORw0KGgo=' }], usage })
    expect(upstream.requests.at(-1)).toMatchObject({
      path: 'images/generations',
      headers: { authorization: 'Bearer sk-up' },
      json: { model: 'gpt-image-1', prompt: 'A harbour', size: '1024x1024' }
    })
    expect(await traceOf('up/gpt-image-1')).toMatchObject({
      dialect: 'openai-images',
      title: 'A harbour',
      usage: { input: { total: 12 }, output: { total: 272 } }
    })
  })

  it('asks for moderation', async () => {
    const results = [{ flagged: false, categories: {}, category_scores: {} }]
    upstream.answers.moderations = (_, response) => sendJson(response, { id: 'modr-1', results })
    const answer = await client.moderations.create({ model: 'up/omni-moderation', input: ['Hello'] })
    expect(answer).toMatchObject({ id: 'modr-1', results })
  })

  it('sends sound to be written down, of which every other byte arrives as it was', async () => {
    const sound = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10, 13, 10, 0])
    upstream.answers['audio/transcriptions'] = (_, response) =>
      sendJson(response, { text: 'Land ahoy', usage: { type: 'tokens', input_tokens: 30, output_tokens: 4 } })
    const answer = await client.audio.transcriptions.create({
      file: await toFile(sound, 'ahoy.wav'),
      model: 'up/gpt-4o-transcribe',
      language: 'en'
    })
    expect(answer.text).toBe('Land ahoy')
    const { body, headers } = upstream.requests.at(-1) ?? {}
    const form = await new Response(body as BodyInit, {
      headers: { 'content-type': String(headers?.['content-type']) }
    }).formData()
    expect(form.get('model')).toBe('gpt-4o-transcribe')
    expect(form.get('language')).toBe('en')
    const file = form.get('file') as File
    expect([file.name, Buffer.from(await file.arrayBuffer())]).toEqual(['ahoy.wav', sound])
    expect(await traceOf('up/gpt-4o-transcribe')).toMatchObject({ usage: { output: { total: 4 } } })
  })

  it('hears speech as it comes', async () => {
    let goOn = () => {}
    upstream.answers['audio/speech'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' })
      response.write(Buffer.from([1, 2, 3]))
      goOn = () => response.end(Buffer.from([4, 5]))
    }
    const response = await client.audio.speech.create({ model: 'up/tts-1', voice: 'alloy', input: 'Ahoy' })
    expect(response.headers.get('content-type')).toBe('audio/mpeg')
    const reader = response.body?.getReader()
    expect((await reader?.read())?.value).toEqual(new Uint8Array([1, 2, 3]))
    goOn()
    expect((await reader?.read())?.value).toEqual(new Uint8Array([4, 5]))
    expect((await reader?.read())?.done).toBe(true)
  })

  it('stops the upstream when it stops listening', async () => {
    const before = upstream.disconnects
    upstream.answers['audio/speech'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' })
      response.write(Buffer.from([1]))
    }
    const stop = new AbortController()
    const response = await client.audio.speech.create(
      { model: 'up/tts-1', voice: 'alloy', input: 'Ahoy' },
      { signal: stop.signal }
    )
    await response.body?.getReader().read()
    stop.abort()
    await waitUntil(() => upstream.disconnects === before + 1)
    await traceOf('up/tts-1', 'aborted')
  })

  it('sees sound that breaks off as broken off', async () => {
    upstream.answers['audio/speech'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' })
      response.write(Buffer.from([1]))
      setTimeout(() => response.destroy(), 50)
    }
    const response = await client.audio.speech.create({ model: 'up/tts-1', voice: 'alloy', input: 'Ahoy' })
    await expect(response.arrayBuffer()).rejects.toThrow()
    await traceOf('up/tts-1', 'cut')
  })

  it('gets the upstream’s own refusal', async () => {
    upstream.answers['images/generations'] = (_, response) => {
      const error = {
        message: 'Rejected by the safety system',
        type: 'image_error',
        code: 'moderation_blocked'
      }
      sendJson(response, { error }, 400)
    }
    await expect(
      client.images.generate({ model: 'up/gpt-image-1', prompt: 'Something' })
    ).rejects.toMatchObject({ status: 400, code: 'moderation_blocked' })
  })
})

describe('a body', () => {
  const post = (path: string, type: string, body: string) =>
    fetch(`${daemon.baseUrl}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': type },
      body
    })

  it.each([
    ['audio/transcriptions', 'application/json', '{}', 415],
    ['audio/transcriptions', 'multipart/form-data', '', 415],
    ['audio/transcriptions', 'multipart/form-data; boundary=x', 'nonsense', 400],
    ['audio/transcriptions', 'multipart/form-data; boundary=x', '--x--\r\n', 400],
    ['images/generations', 'multipart/form-data; boundary=x', '--x--\r\n', 415],
    ['images/generations', 'application/json', '{"prompt":"A harbour"}', 400]
  ])('of %s as %s with %j is answered %i', async (path, type, body, status) => {
    const response = await post(path, type, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  })
})
