import { createInterface } from 'node:readline/promises'
import { isAbort } from '../errors/homeport-error.ts'
import type { CliHost } from './cli-host.ts'

/** Asks at the terminal. Whatever is no yes is a no: Ctrl-C and the end of input, too. */
export async function askYes({ stdin, stderr }: CliHost, question: string): Promise<boolean> {
  const prompt = createInterface({ input: stdin, output: stderr })
  const closed = new AbortController()
  prompt.once('close', () => closed.abort())
  try {
    const answer = await prompt.question(`${question} [y/N] `, { signal: closed.signal })
    return /^y(es)?$/i.test(answer.trim())
  } catch (error) {
    if (isAbort(error)) return false
    throw error
  } finally {
    prompt.close()
  }
}
