import type { SetupStep, SetupValues, System } from './connect-tool.ts'
import { command, homeFile, powershellQuote, shellQuote } from './shell.ts'

/** Where the person's notes can be read, over the Model Context Protocol. */
const address = ({ baseUrl }: SetupValues): string => `${baseUrl}/mcp`
const authorization = ({ key }: SetupValues): string => `Bearer ${key}`

/** A server of notes in the form that most programs have. `urlName` and `more` are where they differ. */
function notesServer(values: SetupValues, urlName: 'url' | 'httpUrl', more: object = {}): SetupStep['code'] {
  const homeport = {
    ...more,
    [urlName]: address(values),
    headers: { Authorization: authorization(values) }
  }
  return { language: 'json', text: JSON.stringify({ mcpServers: { homeport } }, null, 2) }
}
