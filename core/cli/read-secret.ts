import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { CliHost } from './cli-host.ts'
import { UsageError } from './usage-error.ts'

const MAX_CHARACTERS = 4000

/** A secret from standard input: all of a pipe, or one line typed blind at a terminal. Surrounding space is dropped. */
export async function readSecret(host: CliHost): Promise<string> {
  const secret = (host.stdin.isTTY ? await askBlind(host) : await readPipe(host)).trim()
  if (secret === '') throw new UsageError('No key came on standard input')
  if (secret.length > MAX_CHARACTERS) throw new UsageError(`A key has at most ${MAX_CHARACTERS} characters`)
  return secret
}

/** Several secrets, one a line; at a terminal one. */
export async function readKeys(host: CliHost): Promise<string[]> {
  const text = await readSecret(host)
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

async function readPipe({ stdin }: CliHost): Promise<string> {
  let text = ''
  for await (const chunk of stdin.setEncoding('utf8')) {
    text += String(chunk)
    if (text.length > MAX_CHARACTERS * 2) break
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
