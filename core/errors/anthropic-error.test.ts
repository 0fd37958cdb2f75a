import { expect, it } from 'vitest'
import { anthropicErrorBody } from './anthropic-error.ts'
import { HomeportError } from './homeport-error.ts'

it('says what and what to do, under the type that clients know', () => {
  const error = new HomeportError('not-found', 'There is no model x.', { action: 'Choose another.' })
  expect(anthropicErrorBody(error, 'abc')).toEqual({
    type: 'error',
    error: { type: 'not_found_error', message: 'There is no model x. Choose another.' },
    request_id: 'abc'
  })
})

it('quotes an upstream of the same dialect, and no other', () => {
  const body = {
    type: 'error',
    error: { type: 'overloaded_error', message: 'Overloaded' },
    request_id: 'req_1'
  }
  const quoting = (dialect: string) =>
    anthropicErrorBody(new HomeportError('upstream-failed', 'It failed.', { wire: { dialect, body } }), null)
  expect(quoting('anthropic-messages')).toBe(body)
  expect(quoting('openai-chat')).toEqual({
    type: 'error',
    error: { type: 'api_error', message: 'It failed.' },
    request_id: null
  })
})
