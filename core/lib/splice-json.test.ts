import { describe, expect, it } from 'vitest'
import { type JsonEdit, spliceJson, spliceLargeJson } from './splice-json.ts'

const model: JsonEdit = { path: ['model'], value: 'new' }
const usage: JsonEdit = { path: ['stream_options', 'include_usage'], value: true }
/** The same with and without knowing what the source says. */
function splice(source: string, ...edits: JsonEdit[]): string {
  const spliced = spliceJson(Buffer.from(source), edits).toString('utf8')
  expect(spliceJson(Buffer.from(source), edits, JSON.parse(source)).toString('utf8')).toBe(spliced)
  return spliced
}

describe('spliceJson', () => {
  it.each([
    ['replaces a value and nothing else', '{"model":"old","n":1}', '{"model":"new","n":1}'],
    [
      'keeps white space around it',
      ' {\n\t"model" :  "old" ,\r\n "n":1 } ',
      ' {\n\t"model" :  "new" ,\r\n "n":1 } '
    ],
    [
      'keeps key order, number formats and escapes',
      '{"z":1.0,"a":1E+2,"model":"o","t":"\\u00e9\\/é\\n","b":-0}',
      '{"z":1.0,"a":1E+2,"model":"new","t":"\\u00e9\\/é\\n","b":-0}'
    ],
    ['finds a key written with escapes', '{"mod\\u0065l":"old"}', '{"mod\\u0065l":"new"}'],
    ['replaces values of any type', '{"model":[1,{"model":"x"}],"n":1}', '{"model":"new","n":1}'],
    ['replaces a number at the end', '{"model":12}', '{"model":"new"}'],
    [
      'leaves the same key deeper down alone',
      '{"a":{"model":"x"},"b":[{"model":"y"}],"model":"old"}',
      '{"a":{"model":"x"},"b":[{"model":"y"}],"model":"new"}'
    ],
    [
      'is not fooled by text that looks like a key',
      '{"a":"\\"model\\":\\"x\\"","b":"\\\\","c":"}{][,","model":"old"}',
      '{"a":"\\"model\\":\\"x\\"","b":"\\\\","c":"}{][,","model":"new"}'
    ],
    ['adds a missing key at the end', '{"n":1 }', '{"n":1,"model":"new" }'],
    ['adds a key to an empty object', '{ }', '{"model":"new" }']
  ])('%s', (_, source, expected) => {
    expect(splice(source, model)).toBe(expected)
  })

  it.each([
    [
      'sets a nested value',
      '{"stream_options":{"x":1,"include_usage":false}}',
      '{"stream_options":{"x":1,"include_usage":true}}'
    ],
    [
      'adds a nested key',
      '{"stream_options":{"x":[1]}}',
      '{"stream_options":{"x":[1],"include_usage":true}}'
    ],
    ['fills an empty object', '{"stream_options":{}}', '{"stream_options":{"include_usage":true}}'],
    [
      'takes null for a missing object',
      '{"stream_options": null,"n":1}',
      '{"stream_options": {"include_usage":true},"n":1}'
    ],
    ['adds the whole path', '{"n":1}', '{"n":1,"stream_options":{"include_usage":true}}'],
    [
      'adds it behind the space of an object over several lines',
      '{\n  "stream_options": {\n    "x": 1\n  },\n  "n": 1\n}\n',
      '{\n  "stream_options": {\n    "x": 1,"include_usage":true\n  },\n  "n": 1\n}\n'
    ],
    [
      'changes nothing where it is set already',
      '{"stream_options" : { "include_usage" : true } }',
      '{"stream_options" : { "include_usage" : true } }'
    ],
    [
      'leaves a value of the wrong type to the upstream',
      '{"stream_options":"yes"}',
      '{"stream_options":"yes"}'
    ]
  ])('on a path, %s', (_, source, expected) => {
    expect(splice(source, usage)).toBe(expected)
  })

  it('escapes what it writes', () => {
    expect(JSON.parse(splice('{"model":1}', { path: ['model'], value: 'a"\\\n\ud800é' }))).toEqual({
      model: 'a"\\\n\ud800é'
    })
  })

  it('returns the same bytes when there is nothing to change', () => {
    const source = Buffer.from('{"a":"\u{1F600}"}')
    expect(spliceJson(source, [])).toEqual(source)
  })

  it('keeps bytes that are not UTF-8', () => {
    const source = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('","model":1}')
    ])
    const spliced = spliceJson(source, [model])
    expect(spliced.subarray(0, 8)).toEqual(source.subarray(0, 8))
  })

  it('stops looking when all values are set', () => {
    const begun = Buffer.from('{"model":"old","messages":[{"content":"not yet whole')
    expect(spliceJson(begun, [model]).toString()).toBe('{"model":"new","messages":[{"content":"not yet whole')
  })

  it('does not recurse into deep nesting', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    expect(splice(`{"a":${deep},"model":"old"}`, model)).toBe(`{"a":${deep},"model":"new"}`)
  })

  it('changes exactly the bytes of the set values on random objects, and what it writes parses', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 2000; round++) {
      const members = randomMembers(random)
      const close = `${space(random)}}`
      const added = [
        members.some(({ key }) => key === 'model') ? [] : '"model":"new"',
        members.some(({ key }) => key === 'stream_options') ? [] : '"stream_options":{"include_usage":true}'
      ]
        .flat()
        .join(',')
      const source = members.map(({ before, value, after }) => before + value + after).join(',')
      const expected = members.map(({ before, expected, after }, index) => {
        const isLast = index === members.length - 1
        return `${before}${expected}${isLast && added ? `,${added}` : ''}${after}`
      })

      const spliced = splice(`{${source}${close}`, model, usage)
      expect(spliced).toBe(`{${expected.length > 0 ? expected.join(',') : added}${close}`)
      expect(JSON.parse(spliced).model).toBe('new')
    }
  })
})

type Random = () => number

/** Mulberry32: the same numbers on every run. */
function seededRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const pick = <T>(random: Random, choices: readonly [T, ...T[]]): T =>
  choices[Math.floor(random() * choices.length)] ?? choices[0]
const space = (random: Random) => pick(random, ['', '', ' ', '\n  ', '\t', '\r\n'])

/** A member as text, in the parts around its value, and what its value must become. */
interface RandomMember {
  key: string
  before: string
  value: string
  expected: string
  after: string
}

function randomMembers(random: Random): RandomMember[] {
  const keys = ['messages', 'a', 'temperature', 'modell', '', '"model"', 'é\\']
  if (random() < 0.8) keys.push('model')
  if (random() < 0.6) keys.push('stream_options')
  return keys
    .filter(() => random() < 0.8)
    .sort(() => random() - 0.5)
    .map((key) => {
      const before = `${space(random)}${JSON.stringify(key)}${space(random)}:${space(random)}`
      const after = space(random)
      if (key === 'stream_options') {
        const [value, expected] = pick(random, optionPairs)
        return { key, before, value, expected, after }
      }
      const value = randomValue(random, 0)
      return { key, before, value, expected: key === 'model' ? '"new"' : value, after }
    })
}

const optionPairs: [[string, string], ...[string, string][]] = [
  ['null', '{"include_usage":true}'],
  ['{}', '{"include_usage":true}'],
  ['{ "include_usage" : false }', '{ "include_usage" : true }'],
  ['{"x":{"include_usage":1} }', '{"x":{"include_usage":1},"include_usage":true }'],
  ['true', 'true'],
  ['"s"', '"s"'],
  ['[{}]', '[{}]'],
  ['17', '17']
]

function randomValue(random: Random, depth: number): string {
  const kind = Math.floor(random() * (depth > 3 ? 4 : 6))
  if (kind === 0) return pick(random, ['0', '-1.50', '1e9', '12345678901234567890', '-0.0'])
  if (kind === 1) return pick(random, ['true', 'false', 'null'])
  if (kind === 2)
    return JSON.stringify(pick(random, ['', 'plain', 'quote " back \\ slash', '}],{["', 'äöü 😀', '\\\\"']))
  if (kind === 3) return pick(random, ['"\\u0041\\""', '"\\\\\\\\"', '"\\/\\b"'])
  const inner = Array.from({ length: Math.floor(random() * 4) }, (_, index) => {
    const value = `${space(random)}${randomValue(random, depth + 1)}${space(random)}`
    return kind === 4 ? value : `${space(random)}"${pick(random, ['model', 'k'])}${index}":${value}`
  }).join(',')
  return kind === 4 ? `[${inner}]` : `{${inner}}`
}

describe('a large object', () => {
  const source = Buffer.from(JSON.stringify({ model: 'up/gpt', text: 'prose '.repeat(30_000), stream: true }))
  const edits: JsonEdit[] = [
    { path: ['model'], value: 'gpt' },
    { path: ['stream_options', 'include_usage'], value: true }
  ]

  it('comes in pieces that are the same in a row, and copies nothing but what is small', () => {
    const pieces = [spliceLargeJson(source, edits)].flat()
    expect(Buffer.concat(pieces).equals(spliceJson(source, edits))).toBe(true)
    expect(pieces).toHaveLength(3)
    expect(pieces[1]?.buffer).toBe(source.buffer)
  })

  it('is in one piece where there is nothing to set, and where it is not large', () => {
    expect(spliceLargeJson(source, [{ path: ['stream'], value: true }], { stream: true })).toEqual([source])
    expect(spliceLargeJson(Buffer.from('{"model":"a"}'), [{ path: ['model'], value: 'b' }])).toEqual(
      Buffer.from('{"model":"b"}')
    )
  })
})
