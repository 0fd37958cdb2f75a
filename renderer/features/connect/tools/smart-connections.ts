import type { ConnectTool } from '../connect-tool.ts'

export const smartConnections: ConnectTool = {
  id: 'smart-connections',
  name: 'Smart Connections',
  group: 'Notes',
  dialect: 'openai-chat',
  docs: 'https://smartconnections.app/smart-chat/api-integration',
  caution:
    'Turn streaming off: Homeport refuses calls that web pages make, and a streamed answer would be asked for by Obsidian’s page.',
  steps: ({ baseUrl, key, model }) => {
    const { hostname, port } = new URL(baseUrl)
    return [
      {
        title: 'In the settings of Smart Chat',
        text: 'Choose the model platform “Custom API (Local or Remote, OpenAI format)”.',
        fields: [
          { label: 'API Adapter', value: 'openai' },
          { label: 'Model Name', value: model },
          { label: 'Protocol', value: 'http' },
          { label: 'Hostname', value: hostname },
          { label: 'Port', value: port },
          { label: 'Path', value: '/v1/chat/completions' },
          { label: 'Streaming', value: 'off' },
          { label: 'API Key', value: key }
        ]
      }
    ]
  }
}
