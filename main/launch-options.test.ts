import { describe, expect, it } from 'vitest'
import { readLaunchConfig } from '../core/settings/launch-config.ts'
import { commandLineArguments, readLaunchOptions } from './launch-options.ts'

describe('readLaunchOptions', () => {
  it('takes flags before the environment, that before the remembered port, that before the default', () => {
    const env = { HOMEPORT_PORT: '7001', HOMEPORT_HOME: '/srv/env', HOMEPORT_LOG_LEVEL: 'warn' }
    const flags = ['--port', '7000', '--data-dir=/srv/flag', '--log-level=debug']
    expect(readLaunchOptions(flags, env, 7002)).toEqual({
      port: 7000,
      dataDir: '/srv/flag',
      logLevel: 'debug'
    })
    expect(readLaunchOptions([], env, 7002)).toEqual({ port: 7001, dataDir: '/srv/env', logLevel: 'warn' })
    expect(readLaunchOptions([], {}, 7002)).toMatchObject({ port: 7002, logLevel: 'info' })
    expect(readLaunchOptions([], {}, null).port).toBe(7678)
    expect(readLaunchOptions([], {}, null).dataDir).toMatch(/homeport/)
  })

  it.each([
    [{}, {}],
    [{}, { HOMEPORT_HOME: '', HOMEPORT_PORT: '', HOMEPORT_LOG_LEVEL: '' }],
    [{}, { HOMEPORT_HOME: 'relative', HOMEPORT_PORT: '7001' }],
    [{ dataDir: 'x/../y', port: '0' }, { HOMEPORT_HOME: '/srv/env' }]
  ])('agrees with `homeport serve` about %j and %j', (flags: { port?: string; dataDir?: string }, env) => {
    const args = [
      ...(flags.dataDir === undefined ? [] : ['--data-dir', flags.dataDir]),
      ...(flags.port === undefined ? [] : [`--port=${flags.port}`])
    ]
    expect(readLaunchOptions(args, env, null)).toEqual(readLaunchConfig(flags, env))
  })

  it("ignores Chromium's own switches", () => {
    const args = ['.', '--remote-debugging-port=0', '--no-sandbox', '--port=7000', '--inspect=0']
    expect(readLaunchOptions(args, {}, null).port).toBe(7000)
  })

  it.each(['70000', '-1', 'abc', '80.5'])('refuses the port %s', (port) => {
    expect(() => readLaunchOptions([`--port=${port}`], {}, null)).toThrow(/port/)
  })

  it('refuses an unknown log level and an empty data folder', () => {
    expect(() => readLaunchOptions(['--log-level=loud'], {}, null)).toThrow(/logLevel/)
    expect(() => readLaunchOptions(['--data-dir='], {}, null)).toThrow(/dataDir/)
  })
})

describe('commandLineArguments', () => {
  it('are all that follows --cli, and null without it', () => {
    expect(commandLineArguments(['.', '--cli', 'status', '--json'])).toEqual(['status', '--json'])
    expect(commandLineArguments(['.', '--port=1'])).toBeNull()
  })
})
