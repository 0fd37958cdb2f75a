import type { ConnectTool } from '../connect-tool.ts'

export const textGenerator: ConnectTool = {
  id: 'text-generator',
  name: 'Text Generator',
  group: 'Notes',
  dialect: 'openai-chat',
  docs: 'https://docs.text-gen.com/_notes/5-+LLM+Providers/Providers/Custom',
  caution:
    'Turn on “CORS Bypass”: Homeport refuses calls that web pages make, and without it Obsidian’s page would make them. Answers then come whole, not word by word.',
  steps: ({ baseUrl, key, model }) => [
    {
      title: 'In the settings of Text Generator',
      text: 'Choose the LLM provider “Custom” and turn on Advance mode.',
      fields: [
        { label: 'Endpoint', value: `${baseUrl}/v1/chat/completions` },
        { label: 'API Key', value: key },
        { label: 'model', value: model },
        { label: 'Streamable', value: 'off' },
        { label: 'CORS Bypass', value: 'on' }
      ]
    }
  ]
}
