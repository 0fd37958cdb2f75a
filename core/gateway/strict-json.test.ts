import { expect, test } from 'vitest'
import { parseJson } from './strict-json.ts'

const parse = (text: string, schemaMembers?: string[]) => parseJson(Buffer.from(text), schemaMembers)

test.each([
  '{"a":{"b":[1,2.5,-3e2,true,false,null,"x:{y}\\"z\\\\"]}}',
  '{"a\\"b":1,"c:":"{\\\\","d":"\\\\\\""}',
  '"just text"',
  '[]',
  ' {"emoji":"😀","escaped":"\\ud83d\\ude00","lone looking":"\\\\ud800"} ',
  '{"a":{"x":1},"b":{"x":1}}'
])('reads %s as JSON.parse does', (text) => {
  expect(parse(text)).toEqual(JSON.parse(text))
})

test.each([
  ['a name given twice', '{"a":1,"b":2,"a":3}'],
  ['a name given twice deep inside', '[{"a":{"b":[{"c":1,"c":1}]}}]'],
  ['a name given twice in different spelling', '{"a":1,"\\u0061":2}'],
  ['__proto__', '{"__proto__":{"polluted":1}}'],
  ['__proto__ spelled with an escape', '{"\\u005f_proto__":{"polluted":1}}'],
  ['__proto__ deep inside', '{"a":[{"b":{"__proto__":null}}]}'],
  ['constructor', '{"constructor":{"prototype":{"polluted":1}}}'],
  ['constructor in a message', '{"messages":[{"constructor":{}}]}'],
  ['NaN', '{"a":NaN}'],
  ['Infinity', '{"a":-Infinity}'],
  ['a number beyond a double', '{"a":1e999}'],
  ['half a surrogate pair', '{"a":"\\ud800"}'],
  ['the other half', '{"a":"x\\uDC00y"}'],
  ['half a pair in a name', '{"\\ud800":1}'],
  ['a trailing comma', '{"a":1,}'],
  ['a comment', '{"a":1}//'],
  ['single quotes', "{'a':1}"],
  ['two values', '{"a":1}{"b":2}'],
  ['an open string', '{"a":"b'],
  ['a byte order mark', '\ufeff{"a":1}'],
  ['nothing but space', ' ']
])('refuses %s', (_, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'bad-request' }))
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('refuses nesting 100,000 deep without running out of stack', () => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}']
  ] as const) {
    const text = `${open.repeat(100_000)}1${close.repeat(100_000)}`
    expect(() => parse(text)).toThrow('nested deeper')
  }
})

test('refuses bytes that are not UTF-8, also an encoded surrogate', () => {
  for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
    const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')])
    expect(() => parseJson(body)).toThrow('UTF-8')
  }
})

test('allows constructor as the name of a property where a schema may stand, __proto__ nowhere', () => {
  const text = '{"tools":[{"parameters":{"properties":{"constructor":{"type":"string"}}}}]}'
  expect(parse(text, ['tools'])).toEqual(JSON.parse(text))
  expect(() => parse(text)).toThrow('constructor')
  expect(() => parse('{"a":{"tools":{"constructor":1}}}', ['tools'])).toThrow('constructor')
  expect(() => parse('{"tools":{"__proto__":1}}', ['tools'])).toThrow('__proto__')
})

test('never quotes the body in its message', () => {
  expect(() => parse('{"secret prompt": oops}')).toThrow(/^(?!.*secret)/)
})
