import type { ConnectTool } from '../connect-tool.ts'
import { command, homeFile, setVariables } from '../shell.ts'

export const geminiCli: ConnectTool = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  group: 'Coding agents',
  dialect: 'google',
  docs: 'https://github.com/google-gemini/gemini-cli/blob/main/docs/reference/configuration.md',
  steps: ({ baseUrl, key, model, system }) => {
    const variables = { GOOGLE_GEMINI_BASE_URL: baseUrl, GEMINI_API_KEY: key, GEMINI_MODEL: model }
    return [
      {
        title: 'For every project',
        file: homeFile(system, '.gemini/.env'),
        code: {
          language: 'dotenv',
          text: Object.entries(variables)
            .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
            .join('\n')
        }
      },
      {
        title: 'Or for one terminal',
        code: command(system, `${setVariables(system, variables).text}\ngemini`)
      },
      {
        title: 'Sign in with the key',
        text: 'When it asks how to sign in, choose “Use Gemini API key”. /auth asks again.'
      }
    ]
  }
}
