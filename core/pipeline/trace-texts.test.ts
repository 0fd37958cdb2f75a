import { describe, expect, test } from 'vitest'
import { failedOutcome } from './call-failure.ts'
import { inputOf } from './pipeline.test-support.ts'
import { responseBodyOf, titleOf } from './trace-texts.ts'

const titleFor = (messages: unknown): string =>
  titleOf(
    inputOf({ wire: { dialect: 'openai-chat', body: Buffer.alloc(0), json: { messages }, headers: {} } })
  )

describe('the title', () => {
  test('is the last user message, not what came after it', () => {
    const messages = [
      { role: 'user', content: 'first' },
      { role: 'user', content: 'second' },
      { role: 'assistant', content: 'answer' }
    ]
    expect(titleFor(messages)).toBe('second')
  })

  test('joins the text parts of a message and passes over the others', () => {
    const content = [
      { type: 'text', text: 'What is' },
      { type: 'image_url', image_url: { url: 'data:' } },
      { type: 'text', text: 'this?' }
    ]
    expect(titleFor([{ role: 'user', content }])).toBe('What is this?')
  })

  test('is cut to 120 characters, never through one', () => {
    expect(titleFor([{ role: 'user', content: 'a'.repeat(120) }])).toBe('a'.repeat(120))
    expect(titleFor([{ role: 'user', content: 'a'.repeat(121) }])).toBe(`${'a'.repeat(119)}…`)
    const title = titleFor([{ role: 'user', content: `a${'😀'.repeat(100)}` }])
    expect(title.isWellFormed()).toBe(true)
    expect(title).toHaveLength(120)
  })

  test.each([
    ['no messages', undefined],
    ['messages that are none', { role: 'user' }],
    ['no user message', [{ role: 'system', content: 'x' }]],
    ['entries of any kind', [null, 7, 'user', []]],
    ['content of any kind', [{ role: 'user', content: { text: 'x' } }]],
    ['parts of any kind', [{ role: 'user', content: [null, 'x', { type: 'text', text: 5 }] }]]
  ])('is empty for %s', (_, messages) => {
    expect(titleFor(messages)).toBe('')
  })
})

test('reasoning stands before the text of an answer', () => {
  const outcome = failedOutcome(new Error(), new AbortController().signal, 0)
  expect(responseBodyOf(outcome)).toBeNull()
  expect(responseBodyOf({ ...outcome, text: 'Yes.', reasoning: 'Hm.' })).toBe(
    '<reasoning>\nHm.\n</reasoning>\n\nYes.'
  )
})
