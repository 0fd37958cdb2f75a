import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import { engineEnvironment, type FromEngine, fromEngineSchema } from '../../contract/engine-frames.ts'
import { encodeFrame } from '../../lib/frames.ts'
import { modelAt, question, trackedSpawn } from './engine.test-support.ts'
import { EngineSocket } from './engine-socket.ts'

describe('the line between daemon and engine', () => {
  let folder: string
  let line: EngineSocket
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-line-'))
    line = await EngineSocket.open(folder)
  })
  afterEach(async () => {
    await line.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const dial = (...bytes: Buffer[]): Socket => {
    const socket = connect(line.path, () => socket.write(Buffer.concat(bytes)))
    socket.on('error', () => {})
    return socket
  }
  const hello = (secret: string) => encodeFrame({ type: 'hello', secret, backend: 'CPU', devices: [] })

  test.skipIf(process.platform === 'win32')('is open to nobody but its owner', () => {
    expect(statSync(line.path).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(line.path)).mode & 0o777).toBe(0o700)
  })

  test.skipIf(process.platform === 'win32')(
    'has a path short enough, however long that of the data folder',
    async () => {
      const deep = join(folder, 'd'.repeat(100))
      const other = await EngineSocket.open(deep)
      expect(other.path.length).toBeLessThanOrEqual(100)
      expect(statSync(dirname(other.path)).mode & 0o777).toBe(0o700)
      await other.close()
      expect(existsSync(dirname(other.path))).toBe(false)
    }
  )

  test.skipIf(process.platform === 'win32')(
    'clears away what a killed daemon left, and nothing else',
    async () => {
      const home = join(folder, 'home')
      mkdirSync(join(home, 'run'), { recursive: true })
      writeFileSync(join(home, 'run/engine-0123456789abcdef.sock'), '')
      writeFileSync(join(home, 'run/other.txt'), '')
      const other = await EngineSocket.open(home)
      expect(readdirSync(join(home, 'run'))).toHaveLength(2)
      await other.close()
      expect(readdirSync(join(home, 'run'))).toEqual(['other.txt'])
    }
  )

  test('is taken by who knows the secret', async () => {
    const expected = line.expect()
    dial(hello(expected.secret))
    expect((await expected.connection).backend).toBe('CPU')
  })

  test('is taken once only for each secret', async () => {
    const expected = line.expect()
    dial(hello(expected.secret))
    await expected.connection
    await once(dial(hello(expected.secret)), 'close')
  })

  test.each<[string, (secret: string) => Buffer]>([
    ['a wrong secret', (secret) => hello(secret.replace(/./g, '0'))],
    ['a secret of another length', () => hello('short')],
    ['another frame first', () => encodeFrame({ type: 'pong' })],
    ['more than a hello', (secret) => Buffer.concat([hello(secret), encodeFrame({ type: 'pong' })])],
    [
      'a frame that is too long',
      () => encodeFrame({ type: 'hello', secret: 'x'.repeat(20_000), backend: 'CPU', devices: [] })
    ],
    ['no frame at all', () => Buffer.from('GET / HTTP/1.1\r\n\r\n')]
  ])('is hung up on for %s', async (_, bytes) => {
    const expected = line.expect()
    await once(dial(bytes(expected.secret)), 'close')
  })

  describe('with an engine at its other end', () => {
    const { spawnChild, children } = trackedSpawn()
    const start = async () => {
      const expected = line.expect()
      spawnChild('inference', {
        [engineEnvironment.socket]: line.path,
        [engineEnvironment.secret]: expected.secret
      })
      return await expected.connection
    }

    test('stops an answer within a few tokens of the word to do so', async () => {
      const model = join(folder, 'tiny.gguf')
      writeTinyGguf(model, { contextTokens: 16_384 })
      const connection = await start()
      let deltas = 0
      const end = await new Promise<FromEngine>((resolve, reject) => {
        connection.listen((value) => {
          const frame = fromEngineSchema.parse(value)
          if (frame.type === 'delta') deltas += 1
          if (deltas === 5) connection.send({ type: 'cancel', id: 1 })
          if (frame.type === 'end' || frame.type === 'error') resolve(frame)
        }, reject)
        connection.send({
          type: 'start',
          id: 1,
          owner: 'somebody',
          model: modelAt(model),
          work: { kind: 'chat', chat: question({ maxTokens: null }) }
        })
      })
      expect(end).toMatchObject({ type: 'end', finish: 'cancelled' })
      if (end.type !== 'end') throw new Error('no end')
      expect(end.usage.output.total).toBeGreaterThanOrEqual(5)
      expect(end.usage.output.total).toBeLessThan(1000)
      connection.close()
    })

    test('ends that engine when it is cut', async () => {
      const connection = await start()
      const child = children.at(-1)
      connection.close()
      if (child !== undefined && child.exitCode === null) await once(child, 'exit')
      expect(child?.exitCode).toBe(0)
    })
  })
})
