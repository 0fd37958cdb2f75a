import { expect, test } from 'vitest'
import { prependText, removeMember } from './edit-json.ts'

test.each([
  ['{"a":1,"knowledge":"vault","b":2}', '{"a":1,"b":2}'],
  ['{ "knowledge" : ["a", "b"] , "b": 2 }', '{ "b": 2 }'],
  ['{"a": 1.0e2,\n  "knowledge": {"x": "}"}\n}', '{"a": 1.0e2\n}'],
  ['{"knowledge":null}', '{}'],
  ['{"a":{"knowledge":1}}', '{"a":{"knowledge":1}}'],
  ['{"\\u006bnowledge":1,"a":2}', '{"a":2}']
])('takes a member out of %s and leaves all other bytes', (source, left) => {
  expect(removeMember(Buffer.from(source), 'knowledge').toString()).toBe(left)
})

test('puts text in front of a string deep inside, escaped, and leaves all other bytes', () => {
  const source = '{ "n": 1.50, "messages": [ {"content": "x"},\t{"content": [{"text": "caf\\u00e9"}] } ] }'
  const edited = prependText(Buffer.from(source), ['messages', 1, 'content', 0, 'text'], 'say "hi"\n')
  expect(edited?.toString()).toBe(source.replace('"caf', '"say \\"hi\\"\\ncaf'))
})

test.each([[['messages', 4]], [['messages', 0, 'content']], [['absent']], [['messages', 'content']]])(
  'says that there is no string at %j',
  (path) => {
    expect(prependText(Buffer.from('{"messages":[{"content":7}]}'), path, 'x')).toBeNull()
  }
)
