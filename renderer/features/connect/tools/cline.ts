import type { ConnectTool } from '../connect-tool.ts'

export const cline: ConnectTool = {
  id: 'cline',
  name: 'Cline',
  group: 'Editors',
  dialect: 'openai-chat',
  docs: 'https://docs.cline.bot/provider-config/openai-compatible',
  steps: ({ baseUrl, key, model }) => [
    {
      title: 'In Cline’s settings',
      text: 'The gear at the top of Cline’s panel, then API Configuration.',
      fields: [
        { label: 'API Provider', value: 'OpenAI Compatible' },
        { label: 'Base URL', value: `${baseUrl}/v1` },
        { label: 'OpenAI Compatible API Key', value: key },
        { label: 'Model ID', value: model }
      ]
    }
  ]
}
