import type { Provider } from '../../contract/models.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { readSecret } from '../read-secret.ts'
import { UsageError } from '../usage-error.ts'

const types = ['openai-compatible'] as const

export const providerAddCommand = defineCommand({
  name: 'provider add',
  summary: 'add a model server, after testing it',
  args: ['NAME'],
  options: {
    ...dataDirOption,
    type: { type: 'string', value: 'TYPE', help: `what it speaks: ${types.join(', ')} (default)` },
    'base-url': { type: 'string', value: 'URL', help: 'its address, up to and with /v1' },
    'key-stdin': { type: 'boolean', help: 'read its key from standard input' },
    model: {
      type: 'string',
      multiple: true,
      value: 'ID',
      help: 'a model it serves, where it lists none (may be repeated)'
    },
    pricing: {
      type: 'string',
      value: 'WHOSE',
      help: 'whose prices apply: auto (default), free, or a vendor'
    },
    force: { type: 'boolean', help: 'save it even if the test fails' }
  },
  examples: [
    'homeport provider add ollama --type openai-compatible --base-url http://127.0.0.1:11434/v1',
    'homeport provider add openai --base-url https://api.openai.com/v1 --key-stdin < key.txt'
  ],
  async run({ args: [id = ''], values, terminal, host }) {
    const kind = types.find((type) => type === (values.type ?? types[0]))
    if (!kind) throw new UsageError(`There is no type "${values.type}". Known: ${types.join(', ')}`)
    const baseUrl = values['base-url']
    if (baseUrl === undefined) throw new UsageError('Say where it is: --base-url URL')
    const key = values['key-stdin'] ? await readSecret(host) : undefined
    return withConnection(values, host, async (connection) => {
      const provider = await connection.invoke('POST /app/providers', {
        body: {
          id,
          kind,
          baseUrl,
          ...(key === undefined ? {} : { key }),
          ...(values.model === undefined ? {} : { models: values.model }),
          ...(values.pricing === undefined ? {} : { pricing: values.pricing }),
          ...(values.force === undefined ? {} : { force: values.force })
        }
      })
      terminal.line(`Added ${provider.id} with ${countOf(provider.models.length)}.`)
      if (provider.lastTest?.ok === false) terminal.note(`Its test failed: ${provider.lastTest.message}`)
      const [model] = provider.models
      if (model) terminal.note(`Try it: homeport chat "Hello" --model ${provider.id}/${model}`)
      return 0
    })
  }
})

export const providerListCommand = defineCommand({
  name: 'provider list',
  summary: 'list the model servers',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport provider list', 'homeport provider list --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/providers')
      if (values.json) terminal.json(answer)
      else if (answer.providers.length === 0)
        terminal.line('No providers yet. Add one with: homeport provider add NAME --base-url URL')
      else terminal.table(['Name', 'Type', 'Address', 'Key', 'Models', 'Test'], answer.providers.map(row))
      return 0
    })
})

export const providerTestCommand = defineCommand({
  name: 'provider test',
  summary: 'ask a model server whether it works',
  args: ['NAME'],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport provider test openai'],
  run: ({ args: [id = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const test = await connection.invoke('POST /app/providers/:id/test', { params: { id } })
      if (values.json) terminal.json(test)
      else
        terminal.facts([
          [test.ok ? 'ok' : 'failed', test.message],
          ['models', String(test.models.length)]
        ])
      return test.ok ? 0 : 1
    })
})

export const providerRemoveCommand = defineCommand({
  name: 'provider remove',
  summary: 'forget a model server and its key',
  args: ['NAME'],
  options: dataDirOption,
  examples: ['homeport provider remove openai'],
  run: ({ args: [id = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      await connection.invoke('DELETE /app/providers/:id', { params: { id } })
      terminal.line(`Removed ${id} and its key.`)
      return 0
    })
})

const row = (provider: Provider): string[] => [
  provider.id,
  provider.kind,
  provider.baseUrl,
  provider.hasKey ? 'yes' : 'none',
  String(provider.models.length),
  provider.lastTest === null ? 'never' : provider.lastTest.ok ? 'ok' : `failed: ${provider.lastTest.message}`
]

const countOf = (models: number): string => (models === 1 ? '1 model' : `${models} models`)
