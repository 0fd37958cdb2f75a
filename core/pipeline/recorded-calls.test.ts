import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { settingsSchema } from '../contract/settings.ts'
import type { CallStatus } from '../contract/traces.ts'
import { openLedger } from '../costs/ledger.ts'
import { createPrices } from '../costs/price-call.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { silentLogger } from '../lib/logger.ts'
import { type OpenedStore, openStore } from '../store/open-store.ts'
import { openTraces } from '../traces/traces.ts'
import type { Pipeline } from './context.ts'
import {
  endlessAfter,
  finish,
  inputOf,
  pipelineTo,
  providerOf,
  readText,
  text,
  usage
} from './pipeline.test-support.ts'

const CALLS_OF_EACH = 50

/** A model that ends as its name says, and a client that behaves accordingly. */
const provider = providerOf(async function* (call) {
  if (call.model === 'refused') throw new HomeportError('upstream-failed', 'Refused.')
  if (call.model === 'stopped') yield* endlessAfter(text('Hel'))(call)
  yield text('Hello')
  if (call.model === 'broken') throw new HomeportError('upstream-failed', 'Broke off.')
  yield finish
  yield usage
})

async function callAndRead(pipeline: Pipeline, model: string): Promise<void> {
  const client = new AbortController()
  try {
    const { events } = await pipeline.call(inputOf({ model: `up/${model}`, signal: client.signal }))
    if (model === 'stopped') setImmediate(() => client.abort())
    await readText(events)
  } catch {
    // how each of them ends is read from the books below
  }
}

test('what calls leave in the databases is one trace and one ledger row each, whatever their end', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeport-calls-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const open = () => openStore({ dataDir, logger: silentLogger })
  const tracesOf = (store: OpenedStore) => {
    const retention = () => settingsSchema.parse({}).retention
    const traces = openTraces({ store, dataDir, retention, logger: silentLogger })
    onTestFinished(() => traces.close())
    return traces
  }

  const written = await open()
  const { pipeline } = pipelineTo(provider, {
    traces: tracesOf(written),
    ledger: openLedger({ store: written }),
    price: createPrices().price
  })
  const models = ['gpt-4o', 'refused', 'broken', 'stopped']
  const calls = Array.from({ length: CALLS_OF_EACH }, () => models).flat()
  await Promise.all(calls.map((model) => callAndRead(pipeline, model)))
  await written.close()

  const store = await open()
  onTestFinished(() => store.close())
  const booked = store.homeport.all<{ id: string; model: string; status: CallStatus }>(
    'SELECT trace_id AS id, provider_model AS model, status FROM ledger ORDER BY trace_id'
  )
  const traced = await tracesOf(store).list({ limit: 500 })
  expect(booked).toHaveLength(calls.length)
  expect(booked.map(({ id }) => id)).toEqual(traced.map(({ id }) => id).sort())
  const endings = new Set(booked.map(({ model, status }) => `${model} ${status}`))
  expect(endings).toEqual(new Set(['gpt-4o ok', 'refused error', 'broken cut', 'stopped aborted']))
  // 10 tokens in at $2.50 and 4 out at $10 per million, for the calls that reported usage
  expect(openLedger({ store }).spendSince(0)).toEqual({
    nanoUsd: CALLS_OF_EACH * 65_000,
    calls: calls.length,
    unknownPriceCalls: 2 * CALLS_OF_EACH
  })
})
