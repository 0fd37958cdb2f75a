import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { curlCommand } from '../../renderer/features/activity/curl-command.ts'

const baseUrl = 'http://127.0.0.1:7678'
const hostile = `it's "$HOME" \`id\` $(id) \\ %s \n 'EOF' HOMEPORT é 💡`
const asked = { model: 'a/m', messages: [{ role: 'user', content: hostile }] }
const call = {
  dialect: 'openai-chat',
  model: 'a/m',
  stream: false,
  requestBody: JSON.stringify(asked),
  bodiesTruncated: false
}

describe.skipIf(process.platform === 'win32')('what a shell makes of the command', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-curl-'))
    const told = `#!${process.execPath}
      const stdin = process.argv.includes('@-') ? require('node:fs').readFileSync(0, 'utf8') : null
      process.stdout.write(JSON.stringify({ args: process.argv.slice(2), stdin }))`
    writeFileSync(join(folder, 'curl'), told, { mode: 0o755 })
    // a script that says `require` must not be taken for a module
    writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** Runs it in a real sh, with a curl that tells what it was given. */
  function run(changed: Partial<typeof call> = {}): { args: string[]; stdin: string | null } {
    const command = curlCommand({ ...call, ...changed }, baseUrl)
    if (command === null) throw new Error('there is no command')
    const env = { ...process.env, PATH: folder + delimiter + process.env.PATH, HOMEPORT_KEY: 'hp_secret' }
    const script = join(folder, 'command.sh')
    writeFileSync(script, command)
    return JSON.parse(execFileSync('sh', [script], { env, encoding: 'utf8' }))
  }

  it('is the request, byte for byte, with the key of the environment', () => {
    expect(run()).toEqual({
      args: [
        `${baseUrl}/v1/chat/completions`,
        ...['-H', 'Authorization: Bearer hp_secret'],
        ...['-H', 'Content-Type: application/json'],
        ...['--data-raw', call.requestBody]
      ],
      stdin: null
    })
  })

  it('takes a request that is too long for an argument', () => {
    const requestBody = JSON.stringify({ ...asked, system: hostile.repeat(5000) })
    expect(requestBody.length).toBeGreaterThan(131_072)
    const { args, stdin } = run({ requestBody })
    expect(args.slice(-2)).toEqual(['--data-binary', '@-'])
    expect(stdin).toBe(`${requestBody}\n`)
  })

  it('sends to Google the model in the address, and what streams as it comes', () => {
    const { args } = run({ dialect: 'google-generate', model: "up/it's", stream: true })
    expect(args.slice(0, 4)).toEqual([
      '-N',
      `${baseUrl}/v1beta/models/up%2Fit's:streamGenerateContent?alt=sse`,
      '-H',
      'x-goog-api-key: hp_secret'
    ])
  })

  it('asks as a program would what the app itself asked', () => {
    const requestBody = JSON.stringify({
      messages: [{ role: 'user', content: [{ type: 'text', text: hostile }] }],
      output: 'text',
      temperature: 0.2,
      unmapped: []
    })
    expect(JSON.parse(run({ requestBody }).args.at(-1) ?? '')).toEqual({
      ...asked,
      stream: false,
      temperature: 0.2
    })
  })
})

it('never has a key in it', () => {
  expect(curlCommand(call, baseUrl)).toContain('$HOMEPORT_KEY')
  expect(curlCommand({ ...call, dialect: 'anthropic-messages' }, baseUrl)).toContain(
    '-H "x-api-key: $HOMEPORT_KEY" \\\n  -H \'anthropic-version: 2023-06-01\''
  )
})

it.each([
  ['was cut', { bodiesTruncated: true }],
  ['was not kept', { requestBody: null }],
  ['is no JSON', { requestBody: '--boundary' }],
  ['another program told of', { source: 'otlp' as const }],
  ['went to no address that takes JSON', { dialect: 'openai-audio' }]
])('is none of a request that %s', (_, changed) => {
  expect(curlCommand({ ...call, ...changed }, baseUrl)).toBeNull()
})
