import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { CliHost } from './cli-host.ts'
import { UsageError } from './usage-error.ts'

const MAX_CHARACTERS = 4000
const MAX_KEYS = 20

/** A secret from standard input: all of a pipe, or one line typed blind at a terminal. Surrounding space is dropped. */
export async function readSecret(host: CliHost): Promise<string> {
  const secret = (await readInput(host, MAX_CHARACTERS)).trim()
  checkKey(secret)
  return secret
}

/** Several secrets, one a line; at a terminal one. */
export async function readKeys(host: CliHost): Promise<string[]> {
  const text = await readInput(host, MAX_CHARACTERS * MAX_KEYS)
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const [first = '', ...more] = lines.filter((line) => line !== '')
  const keys = [first, ...more]
  for (const key of keys) checkKey(key)
  if (keys.length > MAX_KEYS) throw new UsageError(`A provider has at most ${MAX_KEYS} keys`)
  return keys
}

function checkKey(key: string): void {
  if (key === '') throw new UsageError('No key came on standard input')
  if (key.length > MAX_CHARACTERS) throw new UsageError(`A key has at most ${MAX_CHARACTERS} characters`)
}

const readInput = (host: CliHost, maxCharacters: number): Promise<string> =>
  host.stdin.isTTY ? askBlind(host) : readPipe(host, maxCharacters)

/** A little more than is allowed, and no end of what never ends. */
async function readPipe({ stdin }: CliHost, maxCharacters: number): Promise<string> {
  let text = ''
  for await (const chunk of stdin.setEncoding('utf8')) {
    text += String(chunk)
    if (text.length > maxCharacters * 2) break
  }
  return text
}

async function askBlind({ stdin, stderr }: CliHost): Promise<string> {
  stderr.write('Paste the key (it is not shown), then press Enter: ')
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const prompt = createInterface({ input: stdin, output: nowhere, terminal: true })
  try {
    return await prompt.question('')
  } finally {
    prompt.close()
    stderr.write('\n')
  }
}
