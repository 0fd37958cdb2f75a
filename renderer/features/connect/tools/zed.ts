import type { ConnectTool } from '../connect-tool.ts'
import { command, setVariables } from '../shell.ts'

const files = {
  mac: '~/.config/zed/settings.json',
  linux: '~/.config/zed/settings.json',
  windows: '%APPDATA%\\Zed\\settings.json'
}

export const zed: ConnectTool = {
  id: 'zed',
  name: 'Zed',
  group: 'Editors',
  dialect: 'openai-chat',
  docs: 'https://zed.dev/docs/ai/use-api-access#openai-compatible',
  steps: ({ baseUrl, key, model, contextTokens, system }) => [
    {
      title: 'Name the provider',
      text:
        contextTokens === null
          ? 'max_tokens is the context window: put in that of the model.'
          : 'max_tokens is the model’s context window.',
      file: files[system],
      code: {
        language: 'json',
        text: JSON.stringify(
          {
            language_models: {
              openai_compatible: {
                Homeport: {
                  api_url: `${baseUrl}/v1`,
                  available_models: [
                    {
                      name: model,
                      display_name: 'Homeport',
                      max_tokens: contextTokens ?? 128_000,
                      capabilities: { tools: true, images: true, parallel_tool_calls: true }
                    }
                  ]
                }
              }
            }
          },
          null,
          2
        )
      }
    },
    {
      title: 'Give it the key',
      text: 'In Zed: agent: open settings → LLM Providers → Homeport. It is kept in the system’s keychain.',
      fields: [{ label: 'API key', value: key }]
    },
    {
      title: 'Or start it with the key',
      code: command(system, `${setVariables(system, { HOMEPORT_API_KEY: key }).text}\nzed`)
    }
  ]
}
