import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openFileLogger } from './file-logger.ts'
import { openRotatingFile } from './rotating-file.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const textOf = (dir: string): string => readFileSync(join(dir, 'homeport.log'), 'utf8')
const linesOf = (dir: string) =>
  textOf(dir)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('writes one JSON object a line, from its level up', () => {
  const dir = join(temporaryFolder(), 'logs')
  const logger = openFileLogger({ dir, level: 'info' })
  logger.debug({}, 'not this')
  logger.info({ port: 7678 }, 'Listening')
  logger.error({ error: new Error('broke', { cause: new Error('the disk') }) }, 'Two\nlines')
  logger.close()
  logger.info({}, 'after the end')
  const lines = linesOf(dir)
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatchObject({ level: 'info', message: 'Listening', fields: { port: 7678 } })
  expect(new Date(lines[0].time).toISOString()).toBe(lines[0].time)
  expect(lines[1]).toMatchObject({ fields: { error: { message: 'broke', cause: { message: 'the disk' } } } })
})

test('keeps secrets and what people wrote out, under any name or in any text, and keeps counts', () => {
  const dir = temporaryFolder()
  const logger = openFileLogger({ dir, level: 'debug' })
  const secret = 'SENTINEL-7f3a'
  logger.info(
    {
      apiKey: secret,
      nested: { list: [{ controlToken: secret, 'x-api-key': secret, authorization: `Bearer ${secret}` }] },
      prompt: secret,
      messages: [{ role: 'user', content: secret }],
      body: { anything: secret },
      error: new Error(`upstream said: Bearer ${secret}`),
      header: `hp_${'a'.repeat(20)}-${secret}`,
      keyId: 'key-1',
      tokens: { input: 12, output: 34 },
      maxTokens: 5
    },
    `sk-${secret}`
  )
  logger.close()
  expect(textOf(dir)).not.toContain(secret)
  expect(linesOf(dir)[0].fields).toMatchObject({
    keyId: 'key-1',
    tokens: { input: 12, output: 34 },
    maxTokens: 5
  })
})

test('survives fields that refer to themselves', () => {
  const dir = temporaryFolder()
  const logger = openFileLogger({ dir, level: 'info' })
  const circle: Record<string, unknown> = { name: 'circle' }
  circle.self = circle
  logger.info(circle, 'round')
  logger.close()
  expect(linesOf(dir)[0]).toMatchObject({ message: 'round', fields: { name: 'circle' } })
})

test('a line is in the file even when the process dies right after', () => {
  const dir = temporaryFolder()
  const script = `
    const { openFileLogger } = await import(${JSON.stringify(new URL('./file-logger.ts', import.meta.url).href)})
    openFileLogger({ dir: ${JSON.stringify(dir)}, level: 'info' }).error({}, 'last words')
    process.kill(process.pid, 'SIGKILL')`
  expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', script])).toThrow()
  expect(linesOf(dir)[0]).toMatchObject({ message: 'last words' })
})

test('a full file makes way for a new one, the oldest goes, and none is open to others', () => {
  const dir = temporaryFolder()
  const file = openRotatingFile({ dir, name: 'log', maxBytes: 100, maxFiles: 3 })
  for (let n = 0; n < 9; n += 1) file.write(`${n}`.repeat(39).concat('\n'))
  file.close()
  const names = readdirSync(dir).sort()
  expect(names).toEqual(['log', 'log.1', 'log.2'])
  expect(names.map((name) => readFileSync(join(dir, name), 'utf8').replaceAll(/(.)\1*\n/g, '$1'))).toEqual([
    '8',
    '67',
    '45'
  ])
  if (process.platform !== 'win32')
    for (const name of names) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600)
})

test('goes on in the file of an earlier start', () => {
  const dir = temporaryFolder()
  for (const text of ['one', 'two']) {
    const logger = openFileLogger({ dir, level: 'info' })
    logger.info({}, text)
    logger.close()
  }
  expect(linesOf(dir).map((line) => line.message)).toEqual(['one', 'two'])
})
