import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { simpleProperties } from './simple-properties.ts'

const values = [
  '',
  'word',
  'two words',
  'https://x.org/a#b',
  'x # remark',
  '#remark',
  '2020',
  '007',
  '-1.5',
  '1e3',
  '0x1f',
  '1.7.2',
  '1_000',
  '.5',
  '+1',
  '12345678901234567890',
  '2023-05-01',
  '2023-05-01T10:00:00Z',
  'true',
  'True',
  'yes',
  'null',
  '~',
  '.inf',
  '.NaN',
  '"quoted"',
  "'it''s'",
  '"a\\n"',
  '"[[Link]]"',
  '[[Link]]',
  '[a, b]',
  '[1, true, null]',
  '[a, , b]',
  '[]',
  '[ "a", b]',
  '[a b, c-d]',
  '{a: 1}',
  '*alias',
  '&anchor',
  '!tag x',
  '| block',
  '> fold',
  '@at',
  '`tick`',
  '%percent',
  'a: b',
  'a:',
  'a,b',
  '- a',
  '-',
  '---',
  '?',
  '10:30',
  'Zürich 茶'
]

it('reads what it takes for simple as YAML does', () => {
  let simple = 0
  for (const first of values)
    for (const second of values) {
      const sources = [
        `a: ${first}\nb: ${second}\n`,
        `a:\n  - ${first}\n  - ${second}\nb: x\n`,
        `a:\n- ${first}\n\n- ${second}\n`,
        `a: ${first}\n  ${second}\n`
      ]
      for (const source of sources) {
        const { properties, isWhole } = simpleProperties(source)
        if (!isWhole) continue
        simple += 1
        expect(properties, source).toEqual(parse(source))
      }
    }
  expect(simple).toBeGreaterThan(1000)
})

it.each([
  'a: 1\na: 2',
  '__proto__: x',
  'a b',
  ': x',
  '"a": x',
  '? a',
  'a:b',
  'a:\n  b: c',
  'a: x\n  y',
  '- a',
  '# remark'
])('leaves %j to YAML', (source) => {
  expect(simpleProperties(source).isWhole).toBe(false)
})
