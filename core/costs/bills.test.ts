import { readdirSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { collect, recordingUpstream, sendJson, sendStream } from '../../test/support/recording-upstream.ts'
import { pricingVendors } from '../contract/pricing-vendors.ts'
import type { Usage } from '../contract/usage.ts'
import { RawUsage } from '../gateway/dialects/openai-raw/usage.ts'
import { adapters } from '../providers/registry.generated.ts'
import type { ChatCall } from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { createPrices } from './price-call.ts'
import { parsePriceTable } from './price-table.ts'

const billSchema = z.strictObject({
  name: z.string(),
  kind: z.string(),
  vendor: z.string(),
  /** As asked for. */
  model: z.string(),
  operation: z.enum(['chat', 'embed', 'rerank', 'raw']),
  date: z.iso.datetime(),
  /** What the client spoke; absent: Homeport's own request. */
  dialect: z.literal('openai-chat').optional(),
  contentType: z.string().optional(),
  spokenCharacters: z.number().optional(),
  /** What the vendor answers: whole, or as the events of a stream. */
  body: z.unknown().optional(),
  events: z.array(z.record(z.string(), z.unknown())).optional(),
  /** Worked out by hand: each line a quantity, a price of the vendor's list, and their product in nano-USD. */
  arithmetic: z.array(z.string()),
  nanoUsd: z.number().int()
})
type Bill = z.infer<typeof billSchema>
const fileSchema = z.strictObject({
  rows: z.record(z.string(), z.array(z.unknown())),
  bills: z.array(billSchema)
})

const folder = new URL('./__fixtures__/bills/', import.meta.url)
const files = readdirSync(folder).map((name) => ({
  name: name.replace('.json', ''),
  ...fileSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
}))
const bills = files.flatMap(({ name, rows, bills }) => bills.map((bill) => ({ file: name, rows, bill })))

const eventText = (event: Readonly<Record<string, unknown>>): string =>
  `${typeof event.type === 'string' ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`

/** A stream as it comes over the wire, in the words of the dialect that the vendor speaks. */
const streamOf = ({ events = [] }: Bill): string => {
  const isChat = events.some(({ object }) => object === 'chat.completion.chunk')
  return events.map(eventText).join('') + (isChat ? 'data: [DONE]\n\n' : '')
}

function answerTo(bill: Bill, response: ServerResponse): void {
  if (bill.events) sendStream(response, streamOf(bill))
  else sendJson(response, bill.body)
}

async function providerFor(bill: Bill): Promise<ModelProvider> {
  const { origin } = await recordingUpstream((response) => answerTo(bill, response))
  const adapter = adapters.find(({ kind }) => kind === bill.kind)
  if (!adapter) throw new Error(`no provider of kind ${bill.kind}`)
  return adapter.create({
    id: 'p',
    name: 'P',
    baseUrl: origin,
    models: [],
    pricing: { vendor: bill.vendor },
    options: {},
    key: async () => 'sk-test'
  })
}

function chatCall({ model, events, dialect }: Bill): ChatCall {
  const json = {
    model,
    messages: [{ role: 'user', content: 'Hi' }],
    ...(events && { stream: true, stream_options: { include_usage: true } })
  }
  return {
    model,
    stream: events !== undefined,
    request: () => ({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      output: 'text',
      unmapped: []
    }),
    wire: dialect ? { dialect, body: Buffer.from(JSON.stringify(json)), json, headers: {} } : null,
    signal: new AbortController().signal
  }
}

interface Used {
  usage: Usage | null
  servedModel: string | null
}

/** What the real readers make of the vendor's answer. */
async function usedIn(bill: Bill): Promise<Used> {
  if (bill.operation === 'raw') {
    const raw = new RawUsage(bill.contentType ?? '', bill.spokenCharacters)
    raw.add(Buffer.from(bill.events ? streamOf(bill) : JSON.stringify(bill.body)))
    return { usage: raw.read(), servedModel: null }
  }
  const provider = await providerFor(bill)
  const { model } = bill
  const { signal } = new AbortController()
  if (bill.operation === 'embed') {
    return (await provider.embed?.({ model, inputs: ['Hi'], signal })) ?? { usage: null, servedModel: null }
  }
  if (bill.operation === 'rerank') {
    const ranked = await provider.rerank?.({ model, query: 'q', documents: ['Hi'], signal })
    return { usage: ranked?.usage ?? null, servedModel: null }
  }
  const used: Used = { usage: null, servedModel: null }
  for (const { parts } of await collect((await provider.chat(chatCall(bill))).events)) {
    for (const part of parts) {
      if (part.type === 'usage') used.usage = part.usage
      if (part.type === 'served-model') used.servedModel = part.model
    }
  }
  return used
}

test('there are bills of every vendor whose prices come with Homeport, plain and streamed', () => {
  expect(new Set(bills.map(({ bill }) => bill.vendor))).toEqual(new Set(pricingVendors))
  expect(bills.length).toBeGreaterThanOrEqual(60)
  expect(bills.filter(({ bill }) => bill.events).length).toBeGreaterThanOrEqual(15)
})

test.each(bills)('$file: $bill.name costs what the vendor charges', async ({ rows, bill }) => {
  const lines = bill.arithmetic.map((line) => Number(/ = ([\d,]+)/.exec(line)?.[1]?.replaceAll(',', '')))
  expect(lines.reduce((sum, product) => sum + product, 0)).toBe(bill.nanoUsd)

  const { usage, servedModel } = await usedIn(bill)
  const { price } = createPrices({
    readTable: () => parsePriceTable({ unit: 'nano-USD per million tokens, nano-USD a piece', vendors: rows })
  })
  const costOf = (model: string) => price({ vendor: bill.vendor }, model, usage, Date.parse(bill.date))
  // as calls are booked: by the model that served, or where nobody knows its name, by the one asked for
  const served = costOf(servedModel ?? bill.model)
  expect(served.kind === 'unknown' ? costOf(bill.model) : served).toMatchObject({
    kind: 'priced',
    nanoUsd: bill.nanoUsd
  })
})
