import { describe, expect, it } from 'vitest'
import { promptMessages } from './prompt-messages.ts'

describe('promptMessages', () => {
  it('reads texts and parts, and names what is no text', () => {
    const body = JSON.stringify({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: {} }
          ]
        },
        { role: 'assistant', content: null, tool_calls: [] }
      ]
    })
    expect(promptMessages(body)).toEqual([
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'What is this?\n[image_url]' },
      { role: 'assistant', text: '' }
    ])
  })

  it('gives up on text that was cut or has another shape', () => {
    expect(promptMessages('{"messages":[{"role":"us')).toBeNull()
    expect(promptMessages('{"input":"x"}')).toBeNull()
  })
})
