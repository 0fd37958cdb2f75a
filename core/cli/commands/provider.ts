import { orSaveAsItIs } from '../../contract/failed-test.ts'
import type { Provider, ProviderKind } from '../../contract/models.ts'
import { pricingVendors } from '../../contract/pricing-vendors.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { readPairs } from '../read-pairs.ts'
import { readKeys } from '../read-secret.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

const USUAL_TYPE = 'openai-compatible'

/** What can be said of a provider, when it is added and afterwards. */
const settings = {
  ...dataDirOption,
  'base-url': { type: 'string', value: 'URL', help: 'its address, where the type has no usual one' },
  'key-stdin': { type: 'boolean', help: 'read its key from standard input; several, one a line' },
  option: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    help: "a setting of its type's own, see: homeport provider kinds TYPE (may be repeated)"
  },
  model: {
    type: 'string',
    multiple: true,
    value: 'ID',
    help: 'a model it serves, where it lists none (may be repeated)'
  },
  pricing: {
    type: 'string',
    value: 'WHOSE',
    help: `whose prices apply: auto (default, by the address), free, unknown, or a vendor's: ${pricingVendors.join(', ')}`
  },
  force: { type: 'boolean', help: 'save it even if the test fails' }
} as const

export const providerAddCommand = defineCommand({
  name: 'provider add',
  summary: 'add a provider of models, after testing it',
  args: ['NAME'],
  options: {
    ...settings,
    type: {
      type: 'string',
      value: 'TYPE',
      help: `what it is, see: homeport provider kinds (default: NAME if there is such a type, else ${USUAL_TYPE})`
    }
  },
  examples: [
    'homeport provider add anthropic --key-stdin < key.txt',
    'homeport provider add ollama --type openai-compatible --base-url http://127.0.0.1:11434/v1',
    'homeport provider add work --type azure --base-url https://acme.openai.azure.com --key-stdin'
  ],
  async run({ args: [id = ''], values, terminal, host }) {
    const options = readPairs('--option', values.option)
    const [key, ...moreKeys] = values['key-stdin'] ? await readKeys(host) : []
    return withConnection(values, host, async (connection) => {
      const { kinds } = await connection.invoke('GET /app/provider-kinds')
      const kind = kindOf(values.type, id, kinds)
      const baseUrl = values['base-url']
      if (baseUrl === undefined && kind.defaultBaseUrl === null) {
        throw new UsageError('Say where it is: --base-url URL')
      }
      const adding = connection.invoke('POST /app/providers', {
        body: {
          id,
          kind: kind.kind,
          options,
          ...(baseUrl === undefined ? {} : { baseUrl }),
          ...(key === undefined ? {} : { key }),
          ...(moreKeys.length === 0 ? {} : { moreKeys }),
          ...(values.model === undefined ? {} : { models: values.model }),
          ...(values.pricing === undefined ? {} : { pricing: values.pricing }),
          ...(values.force === undefined ? {} : { force: values.force })
        }
      })
      const provider = await adding.catch(namingForce)
      terminal.line(`Added ${provider.id} with ${countOf(provider.models.length)}.`)
      noteTest(provider, terminal)
      const [model] = provider.models
      if (model) terminal.note(`Try it: homeport chat "Hello" --model ${provider.id}/${model}`)
      return 0
    })
  }
})

export const providerUpdateCommand = defineCommand({
  name: 'provider update',
  summary: 'change a provider, after testing it',
  args: ['NAME'],
  options: settings,
  examples: [
    'homeport provider update anthropic --key-stdin < keys.txt',
    'homeport provider update work --option apiVersion=2024-10-21'
  ],
  async run({ args: [id = ''], values, terminal, host }) {
    const options = readPairs('--option', values.option)
    const [key, ...moreKeys] = values['key-stdin'] ? await readKeys(host) : []
    return withConnection(values, host, async (connection) => {
      const { providers } = await connection.invoke('GET /app/providers')
      const current = providers.find((provider) => provider.id === id)
      const changing = connection.invoke('PATCH /app/providers/:id', {
        params: { id },
        body: {
          ...(values['base-url'] === undefined ? {} : { baseUrl: values['base-url'] }),
          ...(key === undefined ? {} : { key, moreKeys }),
          ...(values.option === undefined ? {} : { options: { ...current?.options, ...options } }),
          ...(values.model === undefined ? {} : { models: values.model }),
          ...(values.pricing === undefined ? {} : { pricing: values.pricing }),
          ...(values.force === undefined ? {} : { force: values.force })
        }
      })
      const provider = await changing.catch(namingForce)
      terminal.line(`Changed ${provider.id}.`)
      noteTest(provider, terminal)
      return 0
    })
  }
})

export const providerListCommand = defineCommand({
  name: 'provider list',
  summary: 'list the providers of models',
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
  summary: 'ask a provider whether it works',
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
  summary: 'forget a provider and its keys',
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

function kindOf(type: string | undefined, id: string, kinds: readonly ProviderKind[]): ProviderKind {
  const named = kinds.find(({ kind }) => kind === (type ?? id))
  const found = named ?? (type === undefined ? kinds.find(({ kind }) => kind === USUAL_TYPE) : undefined)
  if (found) return found
  throw new UsageError(`There is no type "${type}". Known: ${kinds.map(({ kind }) => kind).join(', ')}`)
}

/** What a test said that did not keep it from being saved. */
function noteTest({ lastTest, keyCount }: Provider, terminal: Terminal): void {
  if (lastTest?.ok === false) terminal.note(`Its test failed: ${lastTest.message}`)
  else if (lastTest && keyCount > 1) terminal.note(lastTest.message)
}

/** How a provider is saved regardless, as it is typed here. */
function namingForce(error: unknown): never {
  if (!(error instanceof HomeportError) || error.action !== orSaveAsItIs) throw error
  throw new HomeportError(error.code, error.message, {
    action: 'Correct it, or save it as it is with --force.'
  })
}

const row = (provider: Provider): string[] => [
  provider.id,
  provider.kind,
  provider.baseUrl,
  provider.keyCount > 1 ? String(provider.keyCount) : provider.hasKey ? 'yes' : 'none',
  String(provider.models.length),
  provider.lastTest === null ? 'never' : provider.lastTest.ok ? 'ok' : `failed: ${provider.lastTest.message}`
]

const countOf = (models: number): string => (models === 1 ? '1 model' : `${models} models`)
