import { shellQuote } from '../../../components/format/shell.ts'
import type { ConnectTool } from '../connect-tool.ts'
import { notesServer } from '../notes-server.ts'
import { command, powershellQuote } from '../shell.ts'

export const cline: ConnectTool = {
  id: 'cline',
  name: 'Cline',
  group: 'Editors',
  dialect: 'openai-chat',
  docs: 'https://docs.cline.bot/provider-config/openai-compatible',
  steps: ({ baseUrl, key, model, system }) => {
    const quote = system === 'windows' ? powershellQuote : shellQuote
    const next = system === 'windows' ? ' `' : ' \\'
    return [
      {
        title: 'In Cline’s settings',
        text: 'The gear at the top of Cline’s panel, then API Configuration.',
        fields: [
          { label: 'API Provider', value: 'OpenAI Compatible' },
          { label: 'Base URL', value: `${baseUrl}/v1` },
          { label: 'OpenAI Compatible API Key', value: key },
          { label: 'Model ID', value: model }
        ]
      },
      {
        title: 'Or for its command line',
        code: command(
          system,
          [
            `cline auth --provider openai-compatible${next}`,
            `  --baseurl ${quote(`${baseUrl}/v1`)}${next}`,
            `  --apikey ${quote(key)}${next}`,
            `  --modelid ${quote(model)}`
          ].join('\n')
        )
      }
    ]
  },
  notes: (values) => ({
    text: 'In Cline’s panel, MCP Servers, then Configure opens the file cline_mcp_settings.json.',
    code: notesServer(values, 'url', { type: 'streamableHttp' })
  })
}
