import { shellQuote } from '../../../components/format/shell.ts'
import type { ConnectTool } from '../connect-tool.ts'
import { notesAddress, notesAuthorization } from '../notes-server.ts'
import { command, homeFile, powershellQuote, setVariables } from '../shell.ts'

export const claudeCode: ConnectTool = {
  id: 'claude-code',
  name: 'Claude Code',
  group: 'Coding agents',
  dialect: 'anthropic',
  docs: 'https://code.claude.com/docs/en/llm-gateway-connect',
  steps: ({ baseUrl, key, model, contextTokens, system }) => {
    const variables = {
      ANTHROPIC_BASE_URL: baseUrl,
      ANTHROPIC_AUTH_TOKEN: key,
      ANTHROPIC_MODEL: model,
      ANTHROPIC_DEFAULT_OPUS_MODEL: model,
      ANTHROPIC_DEFAULT_SONNET_MODEL: model,
      ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
      // of a model it does not know, it would assume a window of its own
      ...(contextTokens === null ? {} : { CLAUDE_CODE_MAX_CONTEXT_TOKENS: String(contextTokens) })
    }
    return [
      {
        title: 'For every project',
        text: 'What it asks in the background goes to the Haiku model: name a smaller one there to save.',
        file: homeFile(system, '.claude/settings.json'),
        code: { language: 'json', text: JSON.stringify({ env: variables }, null, 2) }
      },
      {
        title: 'Or for one terminal',
        code: command(system, `${setVariables(system, variables).text}\nclaude`)
      },
      {
        title: 'See that it is used',
        text: 'In Claude Code, /status names the base URL. A key of Anthropic’s in ANTHROPIC_API_KEY must not be set.'
      }
    ]
  },
  notes: (values) => {
    const quote = values.system === 'windows' ? powershellQuote : shellQuote
    const header = quote(`Authorization: ${notesAuthorization(values)}`)
    return {
      code: command(
        values.system,
        `claude mcp add --transport http --scope user homeport ${notesAddress(values)} --header ${header}`
      )
    }
  }
}
