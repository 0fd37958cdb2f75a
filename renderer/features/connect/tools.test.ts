import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkCommand } from './check-command.ts'
import { type SetupStep, type System, systems } from './connect-tool.ts'
import { tools } from './tools.ts'

const values = {
  baseUrl: 'http://127.0.0.1:7690',
  key: 'hp_a-key',
  model: "vendor/it's-a-model",
  contextTokens: 200_000
}
const on = systems.map(({ value }) => value)
const textOf = (steps: SetupStep[]): string =>
  steps
    .flatMap((step) => [step.code?.text ?? '', ...(step.fields ?? []).map(({ value }) => value)])
    .join('\n')
const codeOf = (steps: SetupStep[], language: string): string[] =>
  steps.flatMap(({ code }) => (code?.language === language ? [code.text] : []))

/** The model as a shell has it in quotes, or as it stands. */
const modelForms = [values.model, "vendor/it'\\''s-a-model", "vendor/it''s-a-model", "vendor/it\\'s-a-model"]

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (_, tool) => {
  it.each(on)('has the address, the key and the model in it on %s', (system) => {
    const text = textOf(tool.steps({ ...values, system }))
    const address = text.includes('127.0.0.1:7690') || (text.includes('127.0.0.1') && text.includes('7690'))
    expect(address, 'address').toBe(true)
    expect(text).toContain(values.key)
    expect(
      modelForms.some((form) => text.includes(form)),
      'model'
    ).toBe(true)
  })

  it('writes files that parse', () => {
    for (const system of on) {
      const steps = tool.steps({ ...values, system })
      for (const text of codeOf(steps, 'json')) expect(JSON.parse(text)).toBeTypeOf('object')
      for (const text of codeOf(steps, 'yaml')) expect(parse(text)).toBeTypeOf('object')
      for (const text of codeOf(steps, 'toml')) expect(parseFlatToml(text)).toBeTypeOf('object')
    }
  })

  it('says where each file lies on Windows in its way', () => {
    const files = (system: System) => tool.steps({ ...values, system }).flatMap(({ file }) => file ?? [])
    for (const file of files('windows')) expect(file).toMatch(/^%(USERPROFILE|APPDATA)%\\[^/]+$/)
    for (const file of [...files('mac'), ...files('linux')]) expect(file).toMatch(/^~\/[^\\]+$/)
  })

  it('links to its vendor by https', () => {
    expect(tool.docs).toMatch(/^https:\/\//)
  })
})

it('gives each tool an address of its own', () => {
  expect(new Set(tools.map(({ id }) => id)).size).toBe(tools.length)
  for (const { id } of tools) expect(id).toMatch(/^[a-z][a-z-]*$/)
})

it('names Codex its key by the environment variable the file asks for', () => {
  const steps = tools.find(({ id }) => id === 'codex')?.steps({ ...values, system: 'linux' }) ?? []
  const [toml = ''] = codeOf(steps, 'toml')
  const provider = parseFlatToml(toml)['model_providers.homeport']
  expect(provider).toMatchObject({ base_url: 'http://127.0.0.1:7690/v1', wire_api: 'responses' })
  expect(textOf(steps)).toContain(`export ${String(provider?.env_key)}='hp_a-key'`)
})

describe.each(tools.flatMap(({ name, notes }) => (notes ? [[name, notes] as const] : [])))(
  'the notes in %s',
  (_, notes) => {
    it.each(on)('are where the gateway is, for the key, on %s', (system) => {
      const { code, file } = notes({ ...values, system })
      expect(code?.text).toContain('http://127.0.0.1:7690/mcp')
      expect(code?.text).toMatch(/Bearer hp_a-key|bearer_token_env_var = "HOMEPORT_KEY"/)
      if (code?.language === 'json') expect(JSON.parse(code.text).mcpServers.homeport).toBeTypeOf('object')
      if (code?.language === 'toml') expect(parseFlatToml(code.text)['mcp_servers.homeport']).toBeDefined()
      if (file !== undefined) expect(file).toMatch(system === 'windows' ? /^%USERPROFILE%\\/ : /^~\//)
    })
  }
)

describe('the command that checks', () => {
  it('asks in the dialect of the tool, with the key where that dialect has it', () => {
    const text = (dialect: 'openai-chat' | 'openai-responses' | 'anthropic' | 'google') =>
      checkCommand(dialect, { ...values, model: 'a/b', system: 'linux' }).text
    expect(text('openai-chat')).toContain(
      "7690/v1/chat/completions' \\\n  -H 'Authorization: Bearer hp_a-key'"
    )
    expect(text('openai-responses')).toContain('/v1/responses')
    expect(text('anthropic')).toContain("/v1/messages' \\\n  -H 'x-api-key: hp_a-key'")
    expect(text('google')).toContain(
      "/v1beta/models/a/b:generateContent' \\\n  -H 'x-goog-api-key: hp_a-key'"
    )
  })

  it('stays one argument with a quote in the name', () => {
    expect(checkCommand('openai-chat', { ...values, system: 'linux' }).text).toContain("it'\\''s")
    expect(checkCommand('openai-chat', { ...values, system: 'windows' }).text).toContain("it''s")
  })
})

/** TOML of tables, strings and numbers, which is all that the set-ups use; anything else throws. */
function parseFlatToml(text: string): Record<string, Record<string, unknown>> {
  const tables: Record<string, Record<string, unknown>> = { '': {} }
  let table = ''
  for (const line of text.split('\n').filter((part) => part !== '')) {
    const [, header] = /^\[([\w.]+)\]$/.exec(line) ?? []
    const [, name, value] = /^(\w+) = (".*"|\d+)$/.exec(line) ?? []
    if (header !== undefined) {
      table = header
      tables[table] = {}
    } else if (name !== undefined && value !== undefined)
      tables[table] = { ...tables[table], [name]: JSON.parse(value) }
    else throw new Error(`not understood: ${line}`)
  }
  return tables
}
