import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_PORT } from '../contract/settings.ts'
import { readLaunchConfig } from './launch-config.ts'

test('flags beat environment, environment beats defaults', () => {
  const env = { HOMEPORT_PORT: '9001', HOMEPORT_HOME: '/tmp/of-env', HOMEPORT_LOG_LEVEL: 'warn' }
  expect(readLaunchConfig({ port: '9002', dataDir: 'of-flag', logLevel: 'debug' }, env)).toEqual({
    port: 9002,
    dataDir: resolve('of-flag'),
    logLevel: 'debug'
  })
  expect(readLaunchConfig({ port: undefined }, env)).toEqual({
    port: 9001,
    dataDir: resolve('/tmp/of-env'),
    logLevel: 'warn'
  })
  expect(readLaunchConfig({}, {})).toMatchObject({ port: DEFAULT_PORT, logLevel: 'info' })
})

test('an empty variable is as good as none', () => {
  expect(readLaunchConfig({}, { HOMEPORT_PORT: '', HOMEPORT_LOG_LEVEL: '' })).toMatchObject({
    port: DEFAULT_PORT,
    logLevel: 'info'
  })
})

test('port 0 asks for any free one', () => {
  expect(readLaunchConfig({ port: '0' }, {}).port).toBe(0)
})

test.each([
  [{ port: 'http' }, {}, '--port'],
  [{ port: '' }, {}, '--port'],
  [{ port: '65536' }, {}, '--port'],
  [{ port: '-1' }, {}, '--port'],
  [{ port: '80.5' }, {}, '--port'],
  [{ port: '1e3' }, {}, '--port'],
  [{ dataDir: '' }, {}, '--data-dir'],
  [{ logLevel: 'loud' }, {}, '--log-level'],
  [{}, { HOMEPORT_PORT: 'x' }, 'HOMEPORT_PORT'],
  [{}, { HOMEPORT_LOG_LEVEL: 'INFO' }, 'HOMEPORT_LOG_LEVEL']
])('refuses %j with %j by the name of what is wrong', (flags, env, name) => {
  expect(() => readLaunchConfig(flags, env)).toThrow(
    expect.objectContaining({ code: 'bad-request', param: name, message: expect.stringContaining(name) })
  )
})
