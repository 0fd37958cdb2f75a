import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
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
type Call = Tokens & { model: string; feature?: string }
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

async function call({ model, feature, ...tokens }: Call): Promise<void> {
  const response = await fetch(`${daemon.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      ...(feature ? { 'x-homeport-feature': feature } : {})
    },
    body: JSON.stringify({
      model: `up/${model}`,
      messages: [{ role: 'user', content: JSON.stringify(tokens) }]
    })
  })
  expect(response.status).toBe(200)
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
