export interface Snippet {
  id: string
  label: string
  text: string
}

/** Stands where the person's own key belongs. */
export const KEY_PLACEHOLDER = 'YOUR_APP_KEY'

/** Ready-made settings for other programs: the gateway's address, a key and a model. */
export function snippets(baseUrl: string, key: string, model: string): Snippet[] {
  const base = `${baseUrl}/v1`
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] })
  return [
    {
      id: 'curl',
      label: 'curl',
      text: [
        `curl ${base}/chat/completions \\`,
        `  -H "Authorization: Bearer ${key}" \\`,
        '  -H "Content-Type: application/json" \\',
        `  -d ${shellQuote(body)}`
      ].join('\n')
    },
    {
      id: 'javascript',
      label: 'JavaScript',
      text: [
        "import OpenAI from 'openai'",
        '',
        `const client = new OpenAI({ baseURL: ${jsQuote(base)}, apiKey: ${jsQuote(key)} })`,
        'const answer = await client.chat.completions.create({',
        `  model: ${jsQuote(model)},`,
        "  messages: [{ role: 'user', content: 'Hello' }]",
        '})',
        'console.log(answer.choices[0].message.content)'
      ].join('\n')
    },
    {
      id: 'python',
      label: 'Python',
      text: [
        'from openai import OpenAI',
        '',
        `client = OpenAI(base_url=${JSON.stringify(base)}, api_key=${JSON.stringify(key)})`,
        'answer = client.chat.completions.create(',
        `    model=${JSON.stringify(model)},`,
        '    messages=[{"role": "user", "content": "Hello"}],',
        ')',
        'print(answer.choices[0].message.content)'
      ].join('\n')
    },
    {
      id: 'continue',
      label: 'Continue',
      text: [
        '# ~/.continue/config.yaml',
        'name: Homeport',
        'version: 0.0.1',
        'schema: v1',
        'models:',
        `  - name: ${JSON.stringify(model)}`,
        '    provider: openai',
        `    model: ${JSON.stringify(model)}`,
        `    apiBase: ${base}`,
        `    apiKey: ${key}`,
        '    roles: [chat, edit]'
      ].join('\n')
    }
  ]
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function jsQuote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
