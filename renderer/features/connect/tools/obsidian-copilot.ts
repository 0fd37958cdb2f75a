import type { ConnectTool } from '../connect-tool.ts'

export const obsidianCopilot: ConnectTool = {
  id: 'obsidian-copilot',
  name: 'Copilot for Obsidian',
  group: 'Notes',
  dialect: 'openai-chat',
  docs: 'https://github.com/logancyang/obsidian-copilot/blob/master/docs/llm-providers.md',
  caution:
    'Turn on “Enable CORS” for the model: Homeport refuses calls that web pages make, and without it Obsidian’s page would make them. Answers then come whole, not word by word.',
  steps: ({ baseUrl, key, model }) => [
    {
      title: 'Add a custom model',
      text: 'Settings → Copilot → Model → Add Custom Model.',
      fields: [
        { label: 'Model Name', value: model },
        { label: 'Provider', value: '3rd party (openai-format)' },
        { label: 'Base URL', value: `${baseUrl}/v1` },
        { label: 'API Key', value: key },
        { label: 'Enable CORS', value: 'on' }
      ]
    }
  ]
}
