import type { SetupStep, SetupValues } from './connect-tool.ts'

/** Where notes are read, over the Model Context Protocol. */
export const notesAddress = ({ baseUrl }: SetupValues): string => `${baseUrl}/mcp`

export const notesAuthorization = ({ key }: SetupValues): string => `Bearer ${key}`

/** Homeport among the servers of a program, in the form that most have. They differ in the name of the address. */
export function notesServer(
  values: SetupValues,
  addressName: 'url' | 'httpUrl',
  more: Readonly<Record<string, string>> = {}
): NonNullable<SetupStep['code']> {
  const homeport = {
    ...more,
    [addressName]: notesAddress(values),
    headers: { Authorization: notesAuthorization(values) }
  }
  return { language: 'json', text: JSON.stringify({ mcpServers: { homeport } }, null, 2) }
}
