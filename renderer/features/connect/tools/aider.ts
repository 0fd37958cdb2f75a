import type { ConnectTool } from '../connect-tool.ts'
import { command, homeFile } from '../shell.ts'

export const aider: ConnectTool = {
  id: 'aider',
  name: 'Aider',
  group: 'Coding agents',
  dialect: 'openai-chat',
  docs: 'https://aider.chat/docs/llms/openai-compat.html',
  steps: ({ baseUrl, key, model, system }) => [
    {
      title: 'For every project',
      text: 'The first “openai/” tells Aider which dialect to speak; what follows is the model.',
      file: homeFile(system, '.aider.conf.yml'),
      code: {
        language: 'yaml',
        text: [
          `model: ${JSON.stringify(`openai/${model}`)}`,
          `openai-api-base: ${JSON.stringify(`${baseUrl}/v1`)}`,
          `openai-api-key: ${JSON.stringify(key)}`
        ].join('\n')
      }
    },
    { title: 'Start', code: command(system, 'aider') }
  ]
}
