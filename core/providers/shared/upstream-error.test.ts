import { describe, expect, it } from 'vitest'
import { reportedError, upstreamError } from './upstream-error.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const refusal = (status: number, body: unknown = '', headers: Record<string, string> = {}) =>
  upstreamError(
    {
      host: 'api.example.com',
      status,
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      key: 'sk-secret'
    },
    now
  )
const openAiError = {
  error: { message: 'Bad thing.', type: 'invalid_request_error', param: 'top_p', code: 'bad' }
}

describe('upstreamError', () => {
  it.each([
    [400, 'bad-request'],
    [404, 'not-found'],
    [413, 'too-large'],
    [422, 'bad-request'],
    [429, 'rate-limited']
  ])('passes on %i with the upstream’s own error object', (status, code) => {
    expect(refusal(status, openAiError)).toMatchObject({
      code,
      status,
      message: `api.example.com answered ${status}: Bad thing.`,
      param: 'top_p',
      wire: { dialect: 'openai-chat', body: openAiError },
      retryable: status === 429
    })
  })

  it.each([401, 403])(
    'makes %i a 502 that speaks of the provider’s key and hides the upstream’s words',
    (status) => {
      const error = refusal(status, {
        error: { message: 'Incorrect API key provided: sk-secret', type: 'x' }
      })
      expect(error).toMatchObject({
        code: 'upstream-failed',
        status: 502,
        upstreamStatus: status,
        wire: null,
        retryable: false
      })
      expect(error.message).toBe(`api.example.com refused the provider's key (${status}).`)
    }
  )

  it('says that a key is missing when none was sent', () => {
    const error = upstreamError({ host: 'h', status: 401, headers: {}, body: '', key: null })
    expect(error.message).toContain('none is saved')
  })

  it.each([500, 502, 503, 529])('makes %i a 502 that may be tried again', (status) => {
    expect(refusal(status, openAiError)).toMatchObject({
      code: 'upstream-failed',
      status: 502,
      retryable: true
    })
  })

  it.each([
    ['openai', 400, { message: 'Too long.', type: 'invalid_request_error', code: 'context_length_exceeded' }],
    [
      'vllm',
      400,
      { message: "This model's maximum context length is 4096 tokens.", type: 'BadRequestError' }
    ],
    [
      'anthropic',
      400,
      { type: 'invalid_request_error', message: 'prompt is too long: 9 tokens > 8 maximum' }
    ],
    [
      'google',
      400,
      { message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).' }
    ],
    ['llama.cpp', 400, { message: 'the request exceeds the available context size', type: 'x' }]
  ])('knows a prompt that is too long as %s says it', (_, status, error) => {
    expect(refusal(status, { error })).toMatchObject({ code: 'context-overflow', status, retryable: false })
  })

  it.each([
    ['openai', { message: 'No.', type: 'image_generation_user_error', code: 'moderation_blocked' }],
    ['azure', { message: "triggered Azure OpenAI's content management policy", code: 'content_filter' }],
    ['anthropic', { type: 'invalid_request_error', message: 'Output blocked by content filtering policy' }]
  ])('knows a refusal by content policy as %s says it', (_, error) => {
    expect(refusal(400, { error })).toMatchObject({ code: 'content-refused', status: 400 })
  })

  it('takes a rate limit on tokens for what it is', () => {
    expect(
      refusal(429, { error: { message: 'too many tokens: 9 per minute', type: 'tokens' } })
    ).toMatchObject({
      code: 'rate-limited',
      upstreamStatus: 429
    })
  })

  it('hands clients of another dialect the whole body of theirs', () => {
    const body = {
      type: 'error',
      error: { type: 'not_found_error', message: 'model: x' },
      request_id: 'req_1'
    }
    const error = upstreamError({
      host: 'h',
      status: 404,
      headers: {},
      body: JSON.stringify(body),
      key: null,
      dialect: 'anthropic-messages'
    })
    expect(error).toMatchObject({ code: 'not-found', wire: { dialect: 'anthropic-messages', body } })
  })

  it.each([
    ['overloaded_error', true],
    ['api_error', false]
  ])('says of a %s in a stream whether it passes', (type, retryable) => {
    expect(reportedError('h', { error: { type, message: 'x' } }, null).retryable).toBe(retryable)
  })

  it.each([
    [{ error: 'model not loaded' }, 'model not loaded'],
    [{ object: 'error', message: 'too many tokens' }, 'too many tokens'],
    [{ detail: 'Not found' }, 'Not found']
  ])('reads the words of %j, and hands on no object that clients could not read', (body, words) => {
    const error = refusal(400, body)
    expect(error.message).toBe(`api.example.com answered 400: ${words}`)
    expect(error.wire).toBeNull()
  })

  it.each(['<html>502 Bad Gateway</html>', '', 'null', '[]', '{"error":{}}'])(
    'has its own words for %j',
    (body) => {
      expect(refusal(502, body).message).toBe('api.example.com failed with status 502.')
    }
  )

  it('strikes the key out of what the upstream echoes', () => {
    const error = refusal(400, {
      error: { message: 'Header sk-secret is odd', type: 't', header: 'Bearer sk-secret' }
    })
    expect(JSON.stringify([error.message, error.wire])).not.toContain('sk-secret')
    const reported = reportedError('h', { error: { message: 'sk-secret', type: 't' } }, 'sk-secret')
    expect(JSON.stringify([reported.message, reported.wire])).not.toContain('sk-secret')
  })

  it('keeps long words and control characters out of the message', () => {
    const { message } = refusal(400, { error: { message: `a\r\n\u001b[31mb${'x'.repeat(2000)}`, type: 't' } })
    expect(message).toMatch(/: a \[31mbx+…$/)
    expect(message.length).toBeLessThan(600)
  })

  it.each([
    [{ 'retry-after': '7' }, 7],
    [{ 'retry-after': '0.2' }, 1],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': '99999999' }, 86_400],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 2],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-5' }, null],
    [{}, null]
  ])('reads the wait of %j as %s seconds', (headers: Record<string, string>, seconds) => {
    expect(refusal(429, openAiError, headers).retryAfterSeconds).toBe(seconds)
  })
})
