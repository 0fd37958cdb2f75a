import { parseArgs } from 'node:util'
import { closest } from './closest.ts'
import type { Command, CommandOptions, OptionValues } from './command.ts'
import { UsageError } from './usage-error.ts'

/** What was typed, understood. `group` is the first word of two-word commands. */
export type ParsedArguments =
  | { kind: 'run'; command: Command; values: OptionValues<CommandOptions>; args: string[] }
  | { kind: 'help'; of: Command | { group: string } | null }
  | { kind: 'version' }

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h'

/** Throws UsageError for what no command understands, naming what was probably meant. */
export function parseArguments(words: readonly string[], commands: readonly Command[]): ParsedArguments {
  const [first, second] = words
  if (first === undefined || isHelp(first)) return { kind: 'help', of: null }
  if (first === '--version' || first === '-v') return { kind: 'version' }
  if (first === 'help') return { kind: 'help', of: helpSubject(words.slice(1), commands) }
  if (first.startsWith('-'))
    throw new UsageError(`Options stand after the command: homeport COMMAND ${first}`)

  const group = commands.filter((command) => command.name.startsWith(`${first} `))
  if (group.length > 0 && isHelp(second)) return { kind: 'help', of: { group: first } }
  const command = findCommand(words, commands)
  const rest = words.slice(command.name.split(' ').length)
  return rest.some(isHelp) ? { kind: 'help', of: command } : parseRest(command, rest)
}

function helpSubject(
  words: readonly string[],
  commands: readonly Command[]
): Command | { group: string } | null {
  const [first] = words
  if (first === undefined) return null
  const isGroup = commands.some((command) => command.name.startsWith(`${first} `))
  return isGroup && words.length === 1 ? { group: first } : findCommand(words, commands)
}

function findCommand([first = '', second]: readonly string[], commands: readonly Command[]): Command {
  const found =
    commands.find((command) => command.name === `${first} ${second}`) ??
    commands.find((command) => command.name === first)
  if (found) return found
  const subcommands = commands
    .filter((command) => command.name.startsWith(`${first} `))
    .map((command) => command.name.slice(first.length + 1))
  if (subcommands.length > 0 && second === undefined)
    throw new UsageError(`Say what to do: homeport ${first} ${subcommands.join('|')}`)
  const [word, candidates] =
    subcommands.length > 0
      ? [second ?? '', subcommands]
      : [first, [...new Set(commands.map((command) => command.name.split(' ', 1)[0] ?? ''))]]
  const typed = subcommands.length > 0 ? `${first} ${word}` : word
  const hint = suggestion(word, candidates, subcommands.length > 0 ? `${first} ` : '')
  throw new UsageError(`There is no command "${typed}".${hint} See: homeport --help`)
}

function parseRest(command: Command, rest: readonly string[]): ParsedArguments {
  const { values, positionals } = parseOptions(command, rest)
  const required = command.args.filter((name) => !name.startsWith('['))
  if (positionals.length < required.length)
    throw new UsageError(`${required[positionals.length]} is missing. ${usageOf(command)}`)
  const takesMore = command.args.at(-1)?.endsWith('...') ?? false
  if (positionals.length > command.args.length && !takesMore)
    throw new UsageError(`"${positionals[command.args.length]}" is one word too many. ${usageOf(command)}`)
  // parseArgs gave every option the type that the command's definition says
  return { kind: 'run', command, values: values as OptionValues<CommandOptions>, args: positionals }
}

function parseOptions(command: Command, rest: readonly string[]) {
  try {
    return parseArgs({ args: [...rest], options: command.options, allowPositionals: true, strict: true })
  } catch (error) {
    const [problem = ''] = error instanceof Error ? error.message.split(/\. |\n/) : []
    const unknown = /^Unknown option '(-+)([^']+)'/.exec(problem)
    if (!unknown) throw new UsageError(`${problem}. ${usageOf(command)}`)
    const names = Object.keys(command.options)
    const hint = suggestion(unknown[2] ?? '', names, '--')
    throw new UsageError(
      `"${command.name}" has no option ${unknown[1]}${unknown[2]}.${hint} See: homeport ${command.name} --help`
    )
  }
}

function suggestion(word: string, candidates: readonly string[], prefix = ''): string {
  const meant = closest(word, candidates)
  return meant === null ? '' : ` Did you mean ${prefix}${meant}?`
}

const usageOf = (command: Command): string => `Usage: homeport ${[command.name, ...command.args].join(' ')}`
