import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { costDimensions } from '../../core/contract/cost-dimensions.ts'
import type { CostTable } from '../../core/contract/costs.ts'
import type { TraceSummary } from '../../core/contract/traces.ts'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { runCommand, startCommand } from '../support/homeport-command.ts'
import { type ScriptedUpstream, sendJson, startScriptedUpstream } from '../support/scripted-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'

// gpt-4o: $2.50 a million tokens read, $1.25 out of the vendor's cache, $10 written
const nanoUsd = ({ prompt, cached, completion }: Tokens): number =>
  (prompt - cached) * 2500 + cached * 1250 + completion * 10_000

interface Tokens {
  prompt: number
  cached: number
  completion: number
}
type Call = Tokens & { model: string; feature?: string; asked?: string; status?: number }
const withoutFeature: Call = { model: 'gpt-4o', prompt: 1, cached: 0, completion: 1 }
const calls: Call[] = [
  withoutFeature,
  { model: 'gpt-4o', prompt: 1999, cached: 1024, completion: 333, feature: 'titles' },
  { model: 'gpt-4o', prompt: 120_001, cached: 0, completion: 7, feature: 'titles' },
  { model: 'unheard-of', prompt: 50, cached: 0, completion: 5, feature: 'tags' }
]
const priced = calls.filter(({ model }) => model === 'gpt-4o')
const sum = priced.reduce((total, call) => total + nanoUsd(call), 0)

let upstream: ScriptedUpstream
let daemon: DaemonProcess
let secret: string

async function call({ model, feature, asked = `up/${model}`, status = 200, ...tokens }: Call): Promise<void> {
  const response = await fetch(`${daemon.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      ...(feature ? { 'x-homeport-feature': feature } : {})
    },
    body: JSON.stringify({
      model: asked,
      messages: [{ role: 'user', content: JSON.stringify(tokens) }]
    })
  })
  expect(response.status).toBe(status)
  await response.text()
}

beforeAll(async () => {
  upstream = await startScriptedUpstream(['gpt-4o', 'unheard-of'])
  upstream.answers['chat/completions'] = ({ json }, response) => {
    const [message] = z.array(z.object({ content: z.string() })).parse(json?.messages)
    const { prompt, cached, completion }: Tokens = JSON.parse(message?.content ?? '')
    sendJson(response, {
      id: 'c1',
      object: 'chat.completion',
      created: 1,
      model: json?.model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'Yes.' }, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: prompt,
        completion_tokens: completion,
        total_tokens: prompt + completion,
        prompt_tokens_details: { cached_tokens: cached }
      }
    })
  }
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', { id: 'up', baseUrl: upstream.baseUrl, pricing: 'openai' })
  secret = (await daemon.app('POST /app/keys', { name: 'Editor' })).secret
  for (const one of calls) await call(one)
  await waitUntil(async () => (await daemon.app('GET /app/spend')).calls === calls.length)
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

const costs = async (...options: string[]): Promise<string> => {
  const { code, stdout, stderr } = await runCommand(['costs', ...options, '--data-dir', daemon.dataDir])
  expect({ code, stderr }).toMatchObject({ code: 0 })
  return stdout
}
/** Decimal USD with nine digits, as integer nano-USD. */
const fromUsd = (text: string): number => Number(text.replace('.', ''))
const column = (csv: string, name: string): string[] => {
  const [head = '', ...lines] = csv.trimEnd().split('\r\n')
  const index = head.split(',').indexOf(name)
  return lines.map((line) => line.split(',')[index] ?? '')
}
const total = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

describe('every place says the same of the same calls, to the nano-dollar', () => {
  test('the control API, by every dimension', async () => {
    expect((await daemon.app('GET /app/spend')).nanoUsd).toBe(sum)
    for (const by of ['model', 'provider', 'app', 'feature', 'session', 'status', 'day']) {
      const response = await daemon.request('GET', `/app/costs?by=${by}`)
      const table: CostTable = await response.json()
      expect(table.total).toMatchObject({ nanoUsd: sum, calls: 4, unknownPriceCalls: 1 })
      expect(total(table.rows.map((row) => row.nanoUsd))).toBe(sum)
    }
    const series = await daemon.app('GET /app/costs/series')
    expect(total(series.series.flatMap((one) => one.nanoUsd))).toBe(sum)
    expect((await daemon.app('GET /app/costs/forecast')).spentNanoUsd).toBe(sum)
  })

  test('the command line, as JSON and as text', async () => {
    const table: CostTable = JSON.parse(await costs('--by', 'feature', '--json'))
    expect(table.total.nanoUsd).toBe(sum)
    expect(table.rows.map(({ key, nanoUsd: spent }) => [key, spent])).toEqual([
      ['titles', total(priced.filter(({ feature }) => feature === 'titles').map(nanoUsd))],
      [null, nanoUsd(withoutFeature)],
      ['tags', 0]
    ])
    const printed = await costs('--by', 'model', '--month')
    const [, shown = ''] = /^Total +\$([\d.]+)/m.exec(printed) ?? []
    expect(Math.round(Number(shown) * 1e9)).toBe(sum)
  })

  test('CSV, of sums and of single calls', async () => {
    expect(total(column(await costs('--csv'), 'cost_usd').map(fromUsd))).toBe(sum)
    const single = await costs('--csv', '--calls')
    expect(column(single, 'cost_usd').map((cell) => (cell === '' ? null : fromUsd(cell)))).toEqual(
      calls.map((one) => (one.model === 'gpt-4o' ? nanoUsd(one) : null))
    )
    expect(column(single, 'feature')).toEqual(calls.map(({ feature }) => feature ?? ''))
    expect(column(single, 'app')).toEqual(calls.map(() => 'Editor'))
  })

  test('the traces of the single calls', async () => {
    const { stdout } = await runCommand(['traces', '--json', '--data-dir', daemon.dataDir])
    const { traces }: { traces: TraceSummary[] } = JSON.parse(stdout)
    const spent = traces.map(({ cost }) => (cost.kind === 'priced' ? cost.nanoUsd : null))
    expect(spent).toEqual(calls.map((one) => (one.model === 'gpt-4o' ? nanoUsd(one) : null)))
  })
})

/** All traces that a list narrowed so has. */
async function tracesOf(query: Record<string, string>): Promise<TraceSummary[]> {
  const response = await daemon.request(
    'GET',
    `/app/traces?${new URLSearchParams({ limit: '500', ...query })}`
  )
  expect(response.status).toBe(200)
  const { traces }: { traces: TraceSummary[] } = await response.json()
  return traces
}
/** What Activity shows behind a row of Costs. */
const behind = (by: string, key: string | null): Record<string, string> =>
  by === 'day' ? dayOf(key ?? '') : { [by]: key ?? '' }
const dayOf = (day: string): Record<string, string> => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const midnight = (of: number): string => String(new Date(year, month - 1, of).getTime())
  return { from: midnight(date), until: midnight(date + 1) }
}
const costOf = ({ cost }: TraceSummary): number => (cost.kind === 'priced' ? cost.nanoUsd : 0)

async function expectTracesBehindEveryCell(): Promise<CostTable> {
  let table: CostTable | null = null
  for (const by of costDimensions) {
    const response = await daemon.request('GET', `/app/costs?by=${by}`)
    table = (await response.json()) as CostTable
    for (const row of table.rows) {
      const found = await tracesOf(behind(by, row.key))
      expect([by, row.key, found.length, total(found.map(costOf))]).toEqual([
        by,
        row.key,
        row.calls,
        row.nanoUsd
      ])
    }
  }
  if (!table) throw new Error('costs have no dimensions')
  return table
}

test('a call shows up in `homeport traces --tail` as it ends, and one that does not fit does not', async () => {
  const tail = startCommand([
    ...['traces', '--tail', '--json', '--limit', '1', '--model', 'up/gpt-4o'],
    ...['--data-dir', daemon.dataDir]
  ])
  await tail.untilPrinted(/"up\/gpt-4o"/)
  await call({ model: 'unheard-of', prompt: 3, cached: 0, completion: 3 })
  await call({ model: 'gpt-4o', prompt: 777, cached: 0, completion: 1 })
  await tail.untilPrinted(/"total":777/)
  tail.kill('SIGINT')
  const { code, stdout } = await tail.result
  const traces: TraceSummary[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(code).toBe(0)
  expect(traces.map(({ model, usage }) => [model, usage?.input.total])).toEqual([
    ['up/gpt-4o', 120_001],
    ['up/gpt-4o', 777]
  ])
})

test('no calls of a period are said to be none', async () => {
  expect(await costs('--from', '2020-01-01', '--until', '2020-02-01')).toBe(
    'No calls from 2020-01-01 to before 2020-02-01.\n'
  )
})

test.each([
  [['--by', 'colour'], /--by takes one of: model, provider/],
  [['--week', '--today'], /Give one period/],
  [['--calls'], /--calls goes with --csv/]
])('%o is refused with a reason', async (options, reason) => {
  const { code, stderr } = await runCommand(['costs', ...options, '--data-dir', daemon.dataDir])
  expect(code).not.toBe(0)
  expect(stderr).toMatch(reason)
})

test('behind every cell stand the calls that it is the sum of, also after a key was renamed and prices were set', async () => {
  const booked = (await daemon.app('GET /app/spend')).calls
  const { keys } = await daemon.app('GET /app/keys')
  await daemon.app('PATCH /app/keys/:id', { name: 'Writer' }, { id: keys[0]?.id ?? '' })
  await daemon.app('PUT /app/aliases/:name', { targets: [{ model: 'up/gpt-4o' }] }, { name: 'quick' })
  await call({ model: 'gpt-4o', prompt: 31, cached: 0, completion: 3, asked: 'quick' })
  await call({ model: 'none', prompt: 1, cached: 0, completion: 1, asked: 'nobody/has-it', status: 404 })
  await waitUntil(async () => (await daemon.app('GET /app/spend')).calls === booked + 2)
  expect((await expectTracesBehindEveryCell()).total.calls).toBe(booked + 2)

  const rate = 3_000_000_000
  const rates = { input: rate, cacheRead: rate, cacheWrite5m: rate, cacheWrite1h: rate, output: rate }
  for (const model of ['gpt-4o', 'unheard-of'])
    await daemon.app('PUT /app/prices/overrides', {
      vendor: 'openai',
      model,
      rates,
      units: {},
      from: null,
      until: null
    })
  const today = new Date()
  const [year, month] = [today.getFullYear(), today.getMonth()]
  const first = (of: number): string => {
    const date = new Date(year, of, 1)
    return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-01`
  }
  await daemon.app('POST /app/prices/recompute', { from: first(month), until: first(month + 1), apply: true })
  const after = await expectTracesBehindEveryCell()
  const tokens = (await tracesOf({})).map(
    ({ usage }) => (usage?.input.total ?? 0) + (usage?.output.total ?? 0)
  )
  const expected = 3000 * total(tokens)
  expect(after.total).toMatchObject({ nanoUsd: expected, unknownPriceCalls: 0 })
  const printed: CostTable = JSON.parse(await costs('--by', 'model', '--month', '--json'))
  expect(printed.total.nanoUsd).toBe(expected)
  expect(total(column(await costs('--month', '--csv'), 'cost_usd').map(fromUsd))).toBe(expected)
  const single = column(await costs('--month', '--csv', '--calls'), 'cost_usd')
  expect(total(single.map((cell) => (cell === '' ? 0 : fromUsd(cell))))).toBe(expected)
  expect(total((await tracesOf({})).map(costOf))).toBe(expected)
})
