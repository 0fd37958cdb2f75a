import type { ConnectTool } from '../connect-tool.ts'

/** Python's strings take JSON's escapes. */
const quote = JSON.stringify

export const python: ConnectTool = {
  id: 'python',
  name: 'Python',
  group: 'Your own code',
  dialect: 'openai-chat',
  docs: 'https://github.com/openai/openai-python',
  steps: ({ baseUrl, key, model }) => [
    {
      title: 'With the openai package',
      code: {
        language: 'python',
        text: [
          'from openai import OpenAI',
          '',
          'client = OpenAI(',
          `    base_url=${quote(`${baseUrl}/v1`)},`,
          `    api_key=${quote(key)},`,
          ')',
          'answer = client.chat.completions.create(',
          `    model=${quote(model)},`,
          '    messages=[{"role": "user", "content": "Say hello."}],',
          ')',
          'print(answer.choices[0].message.content)'
        ].join('\n')
      }
    },
    {
      title: 'With the anthropic package',
      code: {
        language: 'python',
        text: [
          'from anthropic import Anthropic',
          '',
          'client = Anthropic(',
          `    base_url=${quote(baseUrl)},`,
          `    api_key=${quote(key)},`,
          ')',
          'message = client.messages.create(',
          `    model=${quote(model)},`,
          '    max_tokens=1000,',
          '    messages=[{"role": "user", "content": "Say hello."}],',
          ')',
          'print("".join(block.text for block in message.content if block.type == "text"))'
        ].join('\n')
      }
    }
  ]
}
