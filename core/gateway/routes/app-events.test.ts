import { afterEach, expect, test } from 'vitest'
import { sequencedEventSchema } from '../../contract/events.ts'
import { createEventHub } from '../event-hub.ts'
import { RawConnection, send } from '../testing/raw-http.ts'
import { bearer, type RunningGateway, sessionToken, startGateway } from '../testing/small-gateway.ts'

let running: RunningGateway | null = null
const connections: RawConnection[] = []
afterEach(async () => {
  for (const { socket } of connections.splice(0)) socket.destroy()
  await running?.close()
  running = null
})

function open(port: number, { query = '', lastEventId = '' } = {}): RawConnection {
  const connection = new RawConnection(port)
  connections.push(connection)
  const resume = lastEventId === '' ? '' : `Last-Event-ID: ${lastEventId}\r\n`
  connection.socket.write(
    `GET /app/events${query} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${sessionToken}\r\n${resume}\r\n`
  )
  return connection
}
const deleted = (chatId: string) => ({ type: 'chat-deleted' as const, chatId })

test('sends each event with its id, as the contract describes it', async () => {
  running = await startGateway()
  const { hub, port } = running
  const reader = open(port)
  expect(await reader.until(`id: ${hub.epoch}-0\n\n`)).toContain('content-type: text/event-stream')
  hub.publish(deleted('a'))
  const text = await reader.until('"chatId":"a"}}\n\n')
  expect(text).toContain(`id: ${hub.epoch}-1\ndata: `)
  const data = text.slice(text.indexOf('data: ') + 6, text.indexOf('}}') + 2)
  expect(sequencedEventSchema.parse(JSON.parse(data)).event).toEqual(deleted('a'))
})

test('resumes after the id in the header or in the address', async () => {
  running = await startGateway()
  const { hub, port } = running
  await open(port).until(`id: ${hub.epoch}-0`)
  for (const id of ['a', 'b', 'c']) hub.publish(deleted(id))
  for (const options of [{ lastEventId: `${hub.epoch}-1` }, { query: `?since=${hub.epoch}-1` }]) {
    const text = await open(port, options).until('"chatId":"c"}}\n\n')
    expect(text).toContain('"chatId":"b"')
    expect(text).not.toContain('"chatId":"a"')
  }
})

test('starts with a reset where the place is unknown', async () => {
  running = await startGateway()
  const { hub, port } = running
  hub.publish(deleted('a'))
  const text = await open(port, { lastEventId: 'other-epoch-7' }).until('{"type":"reset"}')
  expect(text).toContain(`id: ${hub.epoch}-1\n`)
})

test('keeps an idle stream open with comments', async () => {
  running = await startGateway({ limits: { eventKeepAliveMs: 20 } })
  const reader = open(running.port)
  await reader.until(': keep-alive\n\n')
  reader.received = ''
  await reader.until(': keep-alive\n\n')
})

test('what a reader did not read is not kept for it: it gets a reset when it reads on', async () => {
  const hub = createEventHub({ capacity: 50 })
  running = await startGateway({ events: hub })
  const reader = open(running.port)
  await reader.until(`id: ${hub.epoch}-0`)
  reader.socket.pause()
  const big = 'x'.repeat(100_000)
  for (let count = 0; count < 1000; count++) {
    hub.publish(deleted(`${big}${count}`))
    // lets the connection's writes go out, as they would between real events
    if (count % 10 === 0) await new Promise(setImmediate)
  }
  reader.socket.resume()
  await reader.until('{"type":"reset"}')
  // 100 MB were published: what was not waiting in the connection is gone
  expect(reader.received.length).toBeLessThan(20_000_000)
  hub.publish(deleted('last'))
  await reader.until('"chatId":"last"')
})

test('ends when the gateway closes', async () => {
  running = await startGateway({ limits: { closeGraceMs: 60_000 } })
  const reader = open(running.port)
  await reader.until('id: ')
  await running.close()
  await reader.closed
  expect(reader.received).toMatch(/0\r\n\r\n$/)
})

test('takes only GET', async () => {
  running = await startGateway()
  const answer = await send(running.port, {
    method: 'POST',
    path: '/app/events',
    headers: bearer(sessionToken)
  })
  expect(answer.status).toBe(405)
  expect(answer.headers.allow).toBe('GET')
})
