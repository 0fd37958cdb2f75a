import { shellQuote } from '../../components/format/shell.ts'
import type { ConnectTool, SetupStep, SetupValues } from './connect-tool.ts'
import { powershellQuote } from './shell.ts'

interface CheckRequest {
  path: string
  /** Name and value of the header that carries the key. */
  credential: [string, string]
  body: unknown
}

/** The smallest request of a dialect. */
function checkRequest(dialect: ConnectTool['dialect'], { model, key }: SetupValues): CheckRequest {
  const bearer: [string, string] = ['Authorization', `Bearer ${key}`]
  const messages = [{ role: 'user', content: 'Say hello.' }]
  switch (dialect) {
    case 'anthropic':
      return {
        path: '/v1/messages',
        credential: ['x-api-key', key],
        body: { model, max_tokens: 200, messages }
      }
    case 'google':
      return {
        path: `/v1beta/models/${model}:generateContent`,
        credential: ['x-goog-api-key', key],
        body: { contents: [{ role: 'user', parts: [{ text: 'Say hello.' }] }] }
      }
    case 'openai-responses':
      return { path: '/v1/responses', credential: bearer, body: { model, input: 'Say hello.' } }
    default:
      return { path: '/v1/chat/completions', credential: bearer, body: { model, messages } }
  }
}

/** A command that asks one small question the way a tool would. */
export function checkCommand(
  dialect: ConnectTool['dialect'],
  values: SetupValues
): NonNullable<SetupStep['code']> {
  const { path, credential, body } = checkRequest(dialect, values)
  const [name, value] = credential
  const url = `${values.baseUrl}${path}`
  const json = JSON.stringify(body)
  if (values.system === 'windows') {
    const text = [
      `Invoke-RestMethod ${powershellQuote(url)} -Method Post -ContentType 'application/json' \``,
      `  -Headers @{ ${powershellQuote(name)} = ${powershellQuote(value)} } \``,
      `  -Body ${powershellQuote(json)} | ConvertTo-Json -Depth 9`
    ].join('\n')
    return { language: 'powershell', text }
  }
  const text = [
    `curl ${shellQuote(url)} \\`,
    `  -H ${shellQuote(`${name}: ${value}`)} \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d ${shellQuote(json)}`
  ].join('\n')
  return { language: 'bash', text }
}
