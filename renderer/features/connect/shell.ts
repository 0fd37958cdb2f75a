import { shellQuote } from '../../components/format/shell.ts'
import type { SetupStep, System } from './connect-tool.ts'

/** One string of PowerShell, taken as it stands. */
export const powershellQuote = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Sets environment variables for the programs started from this terminal. */
export function setVariables(
  system: System,
  variables: Record<string, string>
): NonNullable<SetupStep['code']> {
  const lines = Object.entries(variables).map(([name, value]) =>
    system === 'windows' ? `$env:${name} = ${powershellQuote(value)}` : `export ${name}=${shellQuote(value)}`
  )
  return { language: system === 'windows' ? 'powershell' : 'bash', text: lines.join('\n') }
}

/** A command as both kinds of shell take it. */
export function command(system: System, text: string): NonNullable<SetupStep['code']> {
  return { language: system === 'windows' ? 'powershell' : 'bash', text }
}

/** A file of the person's home folder, as their system writes it. `path` has forward slashes. */
export function homeFile(system: System, path: string): string {
  return system === 'windows' ? `%USERPROFILE%\\${path.replaceAll('/', '\\')}` : `~/${path}`
}
