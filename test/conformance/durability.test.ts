import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SequencedEvent, sequencedEventSchema } from '../../core/contract/events.ts'
import { type DaemonProcess, startDaemon, temporaryFolder } from '../support/daemon-process.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'

/** A dialect response counts as acknowledged this long after its end, once the daemon gets to run. */
const ACKNOWLEDGED_AFTER_MS = 50

let upstream: FakeUpstream
let dataDir: string
let daemon: DaemonProcess

beforeEach(async () => {
  upstream = await startFakeUpstream()
  dataDir = temporaryFolder()
  daemon = await startDaemon({ dataDir })
  await daemon.app('POST /app/providers', { id: 'up', baseUrl: upstream.baseUrl })
})
afterEach(async () => {
  await daemon.stop()
  await upstream.close()
})

async function restartAfterCrash(): Promise<void> {
  await daemon.kill()
  daemon = await startDaemon({ dataDir })
}

/** Everything the daemon told its window, collected until it dies. */
function collectEvents(from: DaemonProcess): SequencedEvent[] {
  const events: SequencedEvent[] = []
  const read = async () => {
    const response = await from.request('GET', '/app/events')
    let pending = ''
    for await (const chunk of response.body ?? []) {
      pending += Buffer.from(chunk).toString()
      const lines = pending.split('\n')
      pending = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data: ')) events.push(sequencedEventSchema.parse(JSON.parse(line.slice(6))))
      }
    }
  }
  read().catch(() => {}) // the connection dies with the daemon
  return events
}

/** Texts that a query gives of a database of the folder. */
function readAll(folder: string, database: 'homeport' | 'traces', sql: string): Set<string> {
  const connection = new Database(path.join(folder, `${database}.db`), { readonly: true })
  try {
    return new Set(connection.prepare<[], string>(sql).pluck().all())
  } finally {
    connection.close()
  }
}

describe('kill -9 in the middle of streaming and writing', () => {
  it('loses no message that was acknowledged, and keeps what was flushed of the running answers', async () => {
    const events = collectEvents(daemon)
    const questions = new Map<string, string>()
    const chats = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const chat = await daemon.app('POST /app/chats', {})
        // half of them finish soon, half are still streaming when the daemon dies
        const model = index % 2 ? 'up/fake-c20-d5' : 'up/fake-c2000-d5'
        const text = `question ${index}`
        const started = await daemon.app(
          'POST /app/chats/:id/turns',
          { parentId: null, text, model },
          { id: chat.id }
        )
        questions.set(chat.id, started.userMessage?.id ?? '')
        return chat.id
      })
    )
    const saved = () => events.flatMap(({ event }) => (event.type === 'turn-saved' ? [event.message] : []))
    await waitUntil(() => saved().length >= 6)
    await new Promise((resolve) => setTimeout(resolve, 1300)) // a flush of the running ones is due every second
    const acknowledged = saved()
    await restartAfterCrash()

    for (const [index, id] of chats.entries()) {
      const chat = await daemon.app('GET /app/chats/:id', undefined, { id })
      const [question, answer] = chat.messages
      expect(question).toMatchObject({ id: questions.get(id), text: `question ${index}` })
      const expected = acknowledged.find((message) => message.chatId === id)
      if (expected) expect(answer).toEqual(expected)
      else expect(answer).toMatchObject({ status: 'interrupted', text: expect.stringMatching(/\S/) })
    }
    expect(acknowledged).toHaveLength(6)
  })

  it('loses neither ledger row nor trace of a response that ended, and none is in the sums only', async () => {
    const { secret } = await daemon.app('POST /app/keys', { name: 'Load' })
    const ended: { traceId: string; at: number }[] = []
    let going = true
    const call = async (): Promise<void> => {
      while (going) {
        const response = await fetch(`${daemon.baseUrl}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            model: 'up/fake-small',
            messages: [{ role: 'user', content: 'hi' }],
            stream: true
          })
        })
        await response.text()
        ended.push({ traceId: response.headers.get('x-homeport-trace-id') ?? '', at: Date.now() })
      }
    }
    /** How long the daemon has come to be kept from running, by other programs or its own calls. */
    let slowestMs = 0
    const probe = async (): Promise<void> => {
      while (going) {
        const asked = performance.now()
        await (await fetch(`${daemon.baseUrl}/health`)).text()
        slowestMs = Math.max(slowestMs, performance.now() - asked)
      }
    }
    const callers = Promise.allSettled([call(), call(), call(), call(), probe()])
    await waitUntil(() => ended.length >= 150)
    const killedAt = Date.now()
    await restartAfterCrash()
    going = false
    await callers

    const acknowledged = ended.filter(({ at }) => at <= killedAt - ACKNOWLEDGED_AFTER_MS - slowestMs)
    expect(acknowledged.length).toBeGreaterThan(50)
    const booked = readAll(dataDir, 'homeport', 'SELECT trace_id FROM ledger')
    const traced = readAll(dataDir, 'traces', 'SELECT id FROM traces JOIN small_bodies ON trace_id = id')
    expect(acknowledged.filter(({ traceId }) => !booked.has(traceId))).toEqual([])
    expect(acknowledged.filter(({ traceId }) => !traced.has(traceId))).toEqual([])
    for (const table of ['ledger_sums', 'ledger_day_sums']) {
      const sums = readAll(dataDir, 'homeport', `SELECT CAST(sum(calls) AS TEXT) FROM ${table}`)
      expect(sums).toEqual(new Set([String(booked.size)]))
    }
  })
})
