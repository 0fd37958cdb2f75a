import { Writable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { frameDecoder } from '../../lib/frames.ts'
import { frameWriter } from './frame-writer.ts'

test('frames of one moment are written in one go, in order, before anything else happens', async () => {
  const writes: Buffer[][] = []
  const socket = new Writable({
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => chunk))
      done()
    }
  })
  const send = frameWriter(socket)
  for (const number of [1, 2, 3]) send({ number })
  await nextTurn()
  send({ number: 4 })
  await nextTurn()
  const decode = frameDecoder(1000)
  expect(writes.map((chunks) => decode(Buffer.concat(chunks)))).toEqual([
    [{ number: 1 }, { number: 2 }, { number: 3 }],
    [{ number: 4 }]
  ])
})
