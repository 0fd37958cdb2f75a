import { expect, test } from 'vitest'
import type { BookedCall } from './booked-call.ts'
import { callCsv, callsCsvHead, tableCsv } from './cost-csv.ts'
import { emptySum } from './cost-sum.ts'
import { usageOf } from './costs.test-support.ts'

const csvOf = (label: string, nanoUsd = 0): string =>
  tableCsv({
    from: '2026-11-01',
    until: '2026-12-01',
    onDevicePower: null,
    total: { ...emptySum(), onDeviceWattHours: null },
    rows: [{ ...emptySum(), onDeviceWattHours: null, key: label, label, nanoUsd }]
  })

test.each([
  [0, '0.000000000'],
  [1, '0.000000001'],
  [1_000_000_000, '1.000000000'],
  [9_007_199_254_740_991, '9007199.254740991']
])('%i nano-USD are %s', (nanoUsd, text) => {
  expect(csvOf('m', nanoUsd)).toContain(`m,m,${text},`)
})

test('ends every line as RFC 4180 has it, the head first', () => {
  expect(csvOf('m')).toMatch(/^key,label,cost_usd,[a-z_,]+\r\nm,m,[^\r\n]+\r\n$/)
})

test.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['+1', "'+1"],
  ['-cmd', "'-cmd"],
  ['@sum', "'@sum"],
  ['\tx', "'\tx"]
])('the name %j stands in a cell as %j', (name, cell) => {
  expect(csvOf(name).split('\r\n')[1]).toBe(`${cell},${cell},0.000000000,0,0,0,0,,0,0,0,0.000000000,0`)
})

const call: BookedCall = {
  traceId: 'abc',
  startedAt: 1_800_000_000_000,
  callerKind: 'app-key',
  callerId: 'key-1',
  callerName: 'Editor',
  feature: 'titles',
  project: null,
  session: null,
  dialect: 'openai-chat',
  model: 'fast',
  requestHash: null,
  providerId: 'up',
  providerModel: 'gpt-4o',
  servedModel: null,
  status: 'ok',
  usage: usageOf({ noCache: 10, cacheRead: 20, text: 5, reasoning: 6 }),
  cost: { kind: 'priced', nanoUsd: 1234, source: 'you, 2026-11-21' },
  cache: null,
  savedNanoUsd: null,
  durationMs: 12.5
}
const cells = (text: string): string[] => text.trimEnd().split(',')
const cellsOf = (changed: Partial<BookedCall>): Record<string, string> =>
  Object.fromEntries(
    callCsv({ ...call, ...changed })
      .trimEnd()
      .split(',')
      .map((cell, index) => [cells(callsCsvHead())[index] ?? '', cell])
  )

test('a call stands in one line', () => {
  expect(cellsOf({ cost: { kind: 'priced', nanoUsd: 1234, source: 'you' } })).toMatchObject({
    trace_id: 'abc',
    started_at: '2027-01-15T08:00:00.000Z',
    app: 'Editor',
    feature: 'titles',
    project: '',
    model: 'gpt-4o',
    cost_usd: '0.000001234',
    price_source: 'you',
    input_tokens: '30',
    cache_read_tokens: '20',
    output_tokens: '11',
    duration_ms: '12.5'
  })
})

test('an unknown price is an empty cell, and what ran here a zero', () => {
  expect(cellsOf({ cost: { kind: 'unknown' } })).toMatchObject({ cost_usd: '', cost_kind: 'unknown' })
  expect(cellsOf({ cost: { kind: 'free' } })).toMatchObject({ cost_usd: '0.000000000', cost_kind: 'free' })
})
