import { checkCommand } from '../check-command.ts'
import type { ConnectTool } from '../connect-tool.ts'

export const curl: ConnectTool = {
  id: 'curl',
  name: 'curl',
  group: 'Your own code',
  dialect: 'openai-chat',
  docs: 'https://platform.openai.com/docs/api-reference/chat/create',
  steps: (values) => [
    { title: 'As OpenAI’s chat completions', code: checkCommand('openai-chat', values) },
    { title: 'As Anthropic’s messages', code: checkCommand('anthropic', values) },
    { title: 'As Gemini’s generateContent', code: checkCommand('google', values) }
  ]
}
