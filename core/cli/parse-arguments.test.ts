import { expect, test } from 'vitest'
import { commands } from './command-list.ts'
import { parseArguments } from './parse-arguments.ts'
import { UsageError } from './usage-error.ts'

const parse = (...words: string[]) => parseArguments(words, commands)

test('a command of two words takes its argument, options before and after it', () => {
  expect(parse('key', 'create', '--data-dir', '/d', 'my editor')).toMatchObject({
    kind: 'run',
    command: { name: 'key create' },
    args: ['my editor'],
    values: { 'data-dir': '/d' }
  })
  expect(parse('status', '--json')).toMatchObject({ command: { name: 'status' }, values: { json: true } })
})

test('an option that may be repeated keeps every value, in order', () => {
  const parsed = parse('provider', 'add', 'x', '--base-url', 'http://a', '--model', 'one', '--model=two')
  expect(parsed).toMatchObject({ values: { model: ['one', 'two'] } })
})

test('a lone dash is an argument', () => {
  expect(parse('chat', '-')).toMatchObject({ command: { name: 'chat' }, args: ['-'] })
})

test('a last argument with dots takes one word and more', () => {
  expect(parse('alias', 'set', 'fast', 'a/x', 'b/y', 'c/z')).toMatchObject({
    args: ['fast', 'a/x', 'b/y', 'c/z']
  })
  expect(() => parse('alias', 'set', 'fast')).toThrow('TARGET... is missing')
})

test('nothing typed, --help and help show the overview; --version the version', () => {
  for (const words of [[], ['--help'], ['-h'], ['help']])
    expect(parse(...words)).toEqual({ kind: 'help', of: null })
  expect(parse('--version')).toEqual({ kind: 'version' })
})

test('help is there for a group and for a command, whatever else is typed', () => {
  expect(parse('key', '--help')).toEqual({ kind: 'help', of: { group: 'key' } })
  expect(parse('help', 'key')).toEqual({ kind: 'help', of: { group: 'key' } })
  expect(parse('key', 'create', '--help')).toMatchObject({ of: { name: 'key create' } })
  expect(parse('help', 'key', 'create')).toMatchObject({ of: { name: 'key create' } })
  expect(parse('serve', '--nonsense', '--help')).toMatchObject({ of: { name: 'serve' } })
})

test.each([
  [['serv'], 'There is no command "serv". Did you mean serve?'],
  [['kye', 'list'], 'Did you mean key?'],
  [['key', 'creat', 'x'], 'There is no command "key creat". Did you mean key create?'],
  [['zzzzzz'], 'There is no command "zzzzzz". See:'],
  [['key'], 'homeport key create|list|limit|pause|resume|revoke'],
  [['status', '--jsn'], '"status" has no option --jsn. Did you mean --json?'],
  [['status', '-x'], '"status" has no option -x.'],
  [['serve', '--port'], "Option '--port <value>' argument missing"],
  [['status', '--json=yes'], "Option '--json' does not take an argument"],
  [['key', 'create'], 'NAME is missing. Usage: homeport key create NAME'],
  [['key', 'create', 'a', 'b'], '"b" is one word too many.'],
  [['--port', '1', 'serve'], 'Options stand after the command']
])('%j is a usage error that says what is wrong', (words, message) => {
  expect(() => parse(...words)).toThrow(UsageError)
  expect(() => parse(...words)).toThrow(message)
})

test('every command says how it is used', () => {
  for (const command of commands) {
    expect(command.examples.length, command.name).toBeGreaterThan(0)
    for (const example of command.examples) expect(example).toContain('homeport')
  }
})
