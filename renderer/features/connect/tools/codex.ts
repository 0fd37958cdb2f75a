import type { ConnectTool } from '../connect-tool.ts'
import { notesAddress } from '../notes-server.ts'
import { command, homeFile, setVariables } from '../shell.ts'

const quote = JSON.stringify

export const codex: ConnectTool = {
  id: 'codex',
  name: 'Codex',
  group: 'Coding agents',
  dialect: 'openai-responses',
  docs: 'https://developers.openai.com/codex/config-advanced',
  steps: ({ baseUrl, key, model, contextTokens, system }) => [
    {
      title: 'Name the provider',
      text: 'The lines on top belong above every [table] of the file.',
      file: homeFile(system, '.codex/config.toml'),
      code: {
        language: 'toml',
        text: [
          `model = ${quote(model)}`,
          'model_provider = "homeport"',
          ...(contextTokens === null ? [] : [`model_context_window = ${contextTokens}`]),
          '',
          '[model_providers.homeport]',
          'name = "Homeport"',
          `base_url = ${quote(`${baseUrl}/v1`)}`,
          'env_key = "HOMEPORT_KEY"',
          'wire_api = "responses"'
        ].join('\n')
      }
    },
    {
      title: 'Give it the key, and start',
      code: command(system, `${setVariables(system, { HOMEPORT_KEY: key }).text}\ncodex`)
    }
  ],
  notes: (values) => ({
    text: 'At the end of the file. The key is the one in HOMEPORT_KEY.',
    file: homeFile(values.system, '.codex/config.toml'),
    code: {
      language: 'toml',
      text: [
        '[mcp_servers.homeport]',
        `url = ${quote(notesAddress(values))}`,
        'bearer_token_env_var = "HOMEPORT_KEY"'
      ].join('\n')
    }
  })
}
