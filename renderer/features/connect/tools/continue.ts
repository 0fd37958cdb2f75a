import type { ConnectTool } from '../connect-tool.ts'
import { homeFile } from '../shell.ts'

export const continueDev: ConnectTool = {
  id: 'continue',
  name: 'Continue',
  group: 'Editors',
  dialect: 'openai-chat',
  docs: 'https://docs.continue.dev/reference',
  steps: ({ baseUrl, key, model, system }) => [
    {
      title: 'Add the model',
      text: 'For VS Code, JetBrains and the command line (cn). The three lines on top are only for a new file.',
      file: homeFile(system, '.continue/config.yaml'),
      code: {
        language: 'yaml',
        text: [
          'name: Homeport',
          'version: 0.0.1',
          'schema: v1',
          'models:',
          '  - name: Homeport',
          '    provider: openai',
          `    model: ${JSON.stringify(model)}`,
          `    apiBase: ${JSON.stringify(`${baseUrl}/v1`)}`,
          `    apiKey: ${JSON.stringify(key)}`,
          '    roles: [chat, edit, apply]'
        ].join('\n')
      }
    }
  ]
}
