import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { processHost } from './cli-host.ts'
import { readKeys, readSecret } from './read-secret.ts'

const piped = (...chunks: string[]) =>
  processHost({ stdin: Readable.from(chunks.map((chunk) => Buffer.from(chunk))) })

test('a piped key comes whole and without the line break that ends the file', async () => {
  expect(await readSecret(piped('sk-ab', 'cd\n'))).toBe('sk-abcd')
})

test('several keys are read one a line', async () => {
  expect(await readKeys(piped('sk-1\r\n sk-2 \n', '\nsk-3'))).toEqual(['sk-1', 'sk-2', 'sk-3'])
})

test('each of several keys may be as long as one alone', async () => {
  const long = 'x'.repeat(4000)
  expect(await readKeys(piped(`${long}\n${long}\n${long}\n`))).toEqual([long, long, long])
  await expect(readKeys(piped(`sk-1\n${long}x\n`))).rejects.toThrow('at most 4000 characters')
  await expect(readKeys(piped('sk\n'.repeat(21)))).rejects.toThrow('at most 20 keys')
  await expect(readKeys(piped('\n \n'))).rejects.toThrow('No key came on standard input')
  await expect(readKeys(piped(...Array(1000).fill('x'.repeat(1000))))).rejects.toThrow('at most 4000')
})

test('no key and an endless one are usage errors', async () => {
  await expect(readSecret(piped(' \n'))).rejects.toThrow('No key came on standard input')
  await expect(readSecret(piped(...Array(100).fill('x'.repeat(1000))))).rejects.toThrow('at most 4000')
})

test('a key typed at a terminal is asked for on stderr and shown nowhere', async () => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const secret = readSecret(processHost({ stdin, stdout, stderr }))
  stdin.write('sk-typed\n')
  expect(await secret).toBe('sk-typed')
  expect(String(stderr.read())).toContain('Paste the key')
  expect(stdout.read()).toBeNull()
})
