import type { CliHost } from './cli-host.ts'
import type { Terminal } from './terminal.ts'

export interface CommandOption {
  type: 'string' | 'boolean'
  /** May be given several times. */
  multiple?: boolean
  /** What stands for the value in the help text: `PORT`. */
  value?: string
  help: string
}
export type CommandOptions = Readonly<Record<string, CommandOption>>

type OptionValue<O extends CommandOption> = O['type'] extends 'boolean'
  ? boolean
  : O['multiple'] extends true
    ? string[]
    : string
export type OptionValues<O extends CommandOptions> = { [K in keyof O]?: OptionValue<O[K]> }

export interface CommandInput<O extends CommandOptions> {
  values: OptionValues<O>
  /** The words after the command's name, as `args` of its definition asks for them. */
  args: readonly string[]
  terminal: Terminal
  host: CliHost
}

/**
 * One command: how it is typed, what the help says, and what it does. The daemon and the schemas of its API are imported
 * when a command that needs them runs, so that every other starts fast.
 */
export interface Command<O extends CommandOptions = CommandOptions> {
  /** One or two words: `status`, `key create`. */
  readonly name: string
  readonly summary: string
  /** Names of the words that follow; `[NAME]` may be left out, `NAME...` as the last one stands for one or more. */
  readonly args: readonly string[]
  readonly options: O
  readonly examples: readonly string[]
  /** Resolves with the exit code. */
  run(input: CommandInput<O>): Promise<number>
}

/** Infers the types of a command's option values from its definition. */
export function defineCommand<const O extends CommandOptions>(command: Command<O>): Command {
  return command
}

export const dataDirOption = {
  'data-dir': {
    type: 'string',
    value: 'DIR',
    help: 'data folder (default: HOMEPORT_HOME, or the usual place)'
  }
} as const
export const jsonOption = {
  json: { type: 'boolean', help: 'print one JSON document instead of text' }
} as const
