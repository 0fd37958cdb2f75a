import type { ConnectTool } from '../connect-tool.ts'
import { notesServer } from '../notes-server.ts'
import { homeFile } from '../shell.ts'

export const geminiCli: ConnectTool = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  group: 'Coding agents',
  dialect: 'google',
  docs: 'https://github.com/google-gemini/gemini-cli/blob/main/docs/reference/configuration.md',
  steps: ({ baseUrl, key, model, system }) => [
    {
      title: 'Address, key and model',
      file: homeFile(system, '.gemini/.env'),
      code: {
        language: 'dotenv',
        text: Object.entries({
          GOOGLE_GEMINI_BASE_URL: baseUrl,
          GEMINI_API_KEY: key,
          GEMINI_MODEL: model
        })
          .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
          .join('\n')
      }
    },
    {
      title: 'Sign in with the key',
      text: 'Without this it takes the address for one that needs no key, and then refuses to start.',
      file: homeFile(system, '.gemini/settings.json'),
      code: {
        language: 'json',
        text: JSON.stringify({ security: { auth: { selectedType: 'gemini-api-key' } } }, null, 2)
      }
    },
    {
      title: 'Start it in a folder you trust',
      text: 'It reads both files only there, and asks on the first start. In a script, --skip-trust says so.',
      code: { language: system === 'windows' ? 'powershell' : 'bash', text: 'gemini' }
    }
  ],
  notes: (values) => ({
    text: 'Beside what is in the file already.',
    file: homeFile(values.system, '.gemini/settings.json'),
    code: notesServer(values, 'httpUrl')
  })
}
