import type { ConnectTool } from '../connect-tool.ts'
import { notesServer } from '../notes-server.ts'
import { command, homeFile } from '../shell.ts'

export const cursor: ConnectTool = {
  id: 'cursor',
  name: 'Cursor',
  group: 'Editors',
  dialect: 'openai-chat',
  docs: 'https://cursor.com/docs/settings/api-keys',
  caution:
    'Cursor’s own servers make the calls and refuse addresses of your machine, so it needs a public address. A tunnel makes Homeport reachable for whoever has the address and the key: give this key a limit, and close the tunnel after use.',
  steps: ({ baseUrl, key, model, system }) => [
    {
      title: 'Open a tunnel',
      text: 'It prints an https address. The host header must stay Homeport’s own, or it refuses the calls.',
      code: command(system, `cloudflared tunnel --url ${baseUrl} --http-host-header ${new URL(baseUrl).host}`)
    },
    {
      title: 'In Cursor’s settings',
      text: 'Cursor Settings → Models → API Keys. Put the tunnel’s own name into the address.',
      fields: [
        { label: 'OpenAI API Key', value: key },
        { label: 'Override OpenAI Base URL', value: 'https://YOUR-TUNNEL.trycloudflare.com/v1' },
        { label: 'Add Custom Model', value: model }
      ]
    }
  ],
  notes: (values) => ({
    text: 'Cursor reads notes from this machine itself: no tunnel is needed.',
    file: homeFile(values.system, '.cursor/mcp.json'),
    code: notesServer(values, 'url')
  })
}
