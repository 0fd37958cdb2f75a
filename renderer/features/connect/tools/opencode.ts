import type { ConnectTool } from '../connect-tool.ts'
import { command, homeFile } from '../shell.ts'

/** What it asks for at most in one answer. */
const LONGEST_ANSWER = 32_000

export const opencode: ConnectTool = {
  id: 'opencode',
  name: 'opencode',
  group: 'Coding agents',
  dialect: 'openai-chat',
  docs: 'https://opencode.ai/docs/providers/#custom-provider',
  steps: ({ baseUrl, key, model, contextTokens, system }) => {
    // without them, it would never make room; an answer leaves most of the window to the conversation
    const limit =
      contextTokens === null
        ? {}
        : {
            limit: { context: contextTokens, output: Math.min(LONGEST_ANSWER, Math.floor(contextTokens / 4)) }
          }
    return [
      {
        title: 'Name the provider',
        text: 'An opencode.json in a project’s folder takes the same, for that project alone.',
        file: homeFile(system, '.config/opencode/opencode.json'),
        code: {
          language: 'json',
          text: JSON.stringify(
            {
              $schema: 'https://opencode.ai/config.json',
              model: `homeport/${model}`,
              provider: {
                homeport: {
                  npm: '@ai-sdk/openai-compatible',
                  name: 'Homeport',
                  options: { baseURL: `${baseUrl}/v1`, apiKey: key },
                  models: { [model]: { name: model, ...limit } }
                }
              }
            },
            null,
            2
          )
        }
      },
      { title: 'Start', code: command(system, 'opencode') }
    ]
  }
}
