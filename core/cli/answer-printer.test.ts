import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { answerPrinter } from './answer-printer.ts'
import { createTerminal } from './terminal.ts'

function printed(isTTY: boolean, deltas: string[], saved: string): string {
  const stdout = Object.assign(new PassThrough(), { isTTY })
  const printer = answerPrinter(createTerminal({ stdout, stderr: new PassThrough() }))
  for (const delta of deltas) printer.delta(delta)
  printer.end(saved)
  return String(stdout.read() ?? '')
}

test('an answer is what its deltas were, ended by one line break', () => {
  expect(printed(false, ['Hel', 'lo'], 'Hello')).toBe('Hello\n')
  expect(printed(false, ['Hello\n'], 'Hello\n')).toBe('Hello\n')
})

test('what no delta brought is printed from the saved answer', () => {
  expect(printed(false, ['Hel'], 'Hello')).toBe('Hello\n')
  expect(printed(false, [], 'Hello')).toBe('Hello\n')
  expect(printed(false, [], '')).toBe('')
})

test('an answer cannot steer a terminal, and reaches a pipe unchanged', () => {
  expect(printed(true, ['a\u001b[2Jb\u0007\tc'], '')).toBe('ab\tc\n')
  expect(printed(true, ['x\u001b', ']0;title\u0007y'], '')).not.toMatch(/(?![\n\t])\p{Cc}/u)
  expect(printed(false, ['a\u001b[2Jb'], '')).toBe('a\u001b[2Jb\n')
})
