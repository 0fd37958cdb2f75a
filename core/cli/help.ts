import type { Command } from './command.ts'

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('')
}
const typed = (command: Command): string => [command.name, ...command.args].join(' ')

/** The commands, all or those of one group. */
export function overview(commands: readonly Command[], group: string | null): string {
  const shown = commands.filter(({ name }) => group === null || name.startsWith(`${group} `))
  const usage = group === null ? 'COMMAND' : `${group} COMMAND`
  return [
    `Homeport: one private place between you and every model you use\n\nUsage: homeport ${usage} [options]\n\n`,
    columns(shown.map((command) => [typed(command), command.summary])),
    `\nEvery command explains itself: homeport ${group ?? 'COMMAND'} --help\n`,
    'Exit codes: 0 done, 1 failed, 2 typed wrongly, 130 stopped by Ctrl-C.\n'
  ].join('')
}

export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(
    ([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help] as const
  )
  return [
    `Usage: homeport ${typed(command)} [options]\n\n`,
    `${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.\n\n`,
    `Options:\n${columns([...options, ['--help', 'show this']])}\n`,
    `Examples:\n${command.examples.map((example) => `  ${example}\n`).join('')}`
  ].join('')
}
