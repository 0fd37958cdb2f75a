import { expect, it } from 'vitest'
import { googleErrorBody } from './google-error.ts'
import { HomeportError } from './homeport-error.ts'

it('names status, code and what is wrong as Google does', () => {
  const error = new HomeportError('not-found', 'There is no model "x".', {
    param: 'model',
    action: 'Look for another.'
  })
  expect(googleErrorBody(error, 'abc')).toEqual({
    error: {
      code: 404,
      message: 'There is no model "x". Look for another.',
      status: 'NOT_FOUND',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [{ field: 'model', description: 'There is no model "x".' }]
        },
        { '@type': 'type.googleapis.com/google.rpc.RequestInfo', requestId: 'abc' }
      ]
    }
  })
})

it('says when to come back in RetryInfo', () => {
  const error = new HomeportError('rate-limited', 'Too many requests.', { retryAfterSeconds: 1.2 })
  expect(googleErrorBody(error, null)).toMatchObject({
    error: {
      code: 429,
      status: 'RESOURCE_EXHAUSTED',
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2s' }]
    }
  })
})

it('tells who sent no key which header to use', () => {
  const error = new HomeportError('not-authenticated', 'A valid key is required.')
  expect(googleErrorBody(error, null)).toEqual({
    error: {
      code: 401,
      status: 'UNAUTHENTICATED',
      message: expect.stringMatching(/x-goog-api-key.*\?key=/)
    }
  })
})

it('quotes Google’s own words', () => {
  const body = { error: { code: 429, message: 'Quota exceeded', status: 'RESOURCE_EXHAUSTED', details: [] } }
  const error = new HomeportError('rate-limited', 'x', { wire: { dialect: 'google-generate', body } })
  expect(googleErrorBody(error, 'abc')).toBe(body)
  const other = new HomeportError('rate-limited', 'x', { wire: { dialect: 'openai-chat', body } })
  expect(googleErrorBody(other, null)).not.toBe(body)
})
