import type { ConnectTool } from '../connect-tool.ts'

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

export const node: ConnectTool = {
  id: 'node',
  name: 'Node',
  group: 'Your own code',
  dialect: 'openai-chat',
  docs: 'https://ai-sdk.dev/providers/openai-compatible-providers',
  steps: ({ baseUrl, key, model }) => [
    {
      title: 'With the openai package',
      code: {
        language: 'javascript',
        text: [
          "import OpenAI from 'openai'",
          '',
          'const client = new OpenAI({',
          `  baseURL: ${quote(`${baseUrl}/v1`)},`,
          `  apiKey: ${quote(key)}`,
          '})',
          'const answer = await client.chat.completions.create({',
          `  model: ${quote(model)},`,
          "  messages: [{ role: 'user', content: 'Say hello.' }]",
          '})',
          'console.log(answer.choices[0].message.content)'
        ].join('\n')
      }
    },
    {
      title: 'With the AI SDK',
      code: {
        language: 'javascript',
        text: [
          "import { createOpenAICompatible } from '@ai-sdk/openai-compatible'",
          "import { generateText } from 'ai'",
          '',
          'const homeport = createOpenAICompatible({',
          "  name: 'homeport',",
          `  baseURL: ${quote(`${baseUrl}/v1`)},`,
          `  apiKey: ${quote(key)}`,
          '})',
          'const { text } = await generateText({',
          `  model: homeport(${quote(model)}),`,
          "  prompt: 'Say hello.'",
          '})',
          'console.log(text)'
        ].join('\n')
      }
    }
  ]
}
