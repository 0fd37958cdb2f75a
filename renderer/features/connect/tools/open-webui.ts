import type { ConnectTool } from '../connect-tool.ts'
import { command, setVariables } from '../shell.ts'

export const openWebui: ConnectTool = {
  id: 'open-webui',
  name: 'Open WebUI',
  group: 'Chat',
  dialect: 'openai-chat',
  docs: 'https://docs.openwebui.com/getting-started/quick-start/connect-a-provider/starting-with-openai-compatible',
  caution:
    'Homeport answers only this machine under its own name. A container must share the machine’s network (Docker’s “host” network); host.docker.internal is refused.',
  steps: ({ baseUrl, key, model, system }) => {
    const variables = {
      OPENAI_API_BASE_URL: `${baseUrl}/v1`,
      OPENAI_API_KEY: key,
      DEFAULT_MODELS: model
    }
    const next = system === 'windows' ? ' `' : ' \\'
    return [
      {
        title: 'In its admin panel',
        text: 'Settings → Connections → OpenAI API → Add. All models of Homeport are listed then.',
        fields: [
          { label: 'URL', value: `${baseUrl}/v1` },
          { label: 'API Key', value: key },
          { label: 'Default model, under Settings → Models', value: model }
        ]
      },
      {
        title: 'Or when it is started',
        code: command(system, `${setVariables(system, variables).text}\nopen-webui serve`)
      },
      {
        title: 'Or in a container',
        code: command(
          system,
          [
            `${setVariables(system, variables).text}`,
            `docker run -d --network=host -v open-webui:/app/backend/data${next}`,
            `  -e OPENAI_API_BASE_URL -e OPENAI_API_KEY -e DEFAULT_MODELS${next}`,
            '  ghcr.io/open-webui/open-webui:main'
          ].join('\n')
        )
      }
    ]
  }
}
