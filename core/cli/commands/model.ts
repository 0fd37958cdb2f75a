import { resolve } from 'node:path'
import type { Alias } from '../../contract/aliases.ts'
import type { LocalModel } from '../../contract/local-models.ts'
import type { Model } from '../../contract/models.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'

export const modelAddCommand = defineCommand({
  name: 'model add',
  summary: 'use a GGUF file where it is',
  args: ['PATH'],
  options: dataDirOption,
  examples: ['homeport model add ~/Downloads/qwen3-4b-q4_k_m.gguf'],
  run: ({ args: [path = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const model = await connection.invoke('POST /app/local-models', { body: { path: resolve(path) } })
      terminal.line(`Added on-device/${model.id}.`)
      if (model.problem !== null) terminal.note(model.problem)
      else terminal.note(`Try it: homeport chat "Hello" --model on-device/${model.id}`)
      return 0
    })
})

export const modelListCommand = defineCommand({
  name: 'model list',
  summary: 'list every model and alias that can be asked',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport model list', 'homeport model list --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { models } = await connection.invoke('GET /app/models')
      const { models: localModels } = await connection.invoke('GET /app/local-models')
      const { aliases } = await connection.invoke('GET /app/aliases')
      // a broken file is no model to ask, and has to be shown all the same
      const unusable = localModels.filter(({ id }) => !models.some((model) => model.id === `on-device/${id}`))
      if (values.json) terminal.json({ models, localModels, aliases })
      else if (models.length + unusable.length === 0)
        terminal.line(
          'No models yet. Add one with: homeport model add PATH, or homeport provider add NAME --base-url URL'
        )
      else
        terminal.table(
          ['Model', 'Runs on', 'Context', 'State'],
          [
            ...(models.length > 0 ? [autoRow] : []),
            ...aliases.map(aliasRow),
            ...models.map((model) => row(model, localModels)),
            ...unusable.map(unusableRow)
          ]
        )
      return 0
    })
})

export const modelRemoveCommand = defineCommand({
  name: 'model rm',
  summary: 'forget a GGUF file; the file stays where it is',
  args: ['ID'],
  options: dataDirOption,
  examples: ['homeport model rm on-device/qwen3-4b-q4_k_m'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const id = typed.replace(/^on-device\//, '')
      await connection.invoke('DELETE /app/local-models/:id', { params: { id } })
      terminal.line(`Removed on-device/${id}. The file is untouched.`)
      return 0
    })
})

function row(model: Model, localModels: readonly LocalModel[]): string[] {
  const file = localModels.find(({ id }) => model.id === `on-device/${id}`)
  return [
    model.id,
    model.onDevice ? 'this machine' : model.providerName,
    model.contextTokens === null ? '' : String(model.contextTokens),
    file ? `${file.state}, ${(file.sizeBytes / 1e9).toFixed(1)} GB` : 'ready'
  ]
}

const autoRow = ['auto', 'an alias', '', 'fast or best, by how hard the request is']

const aliasRow = ({ name, targets }: Alias): string[] => [
  name,
  'an alias',
  '',
  targets.map(({ model }) => model).join(', ')
]

const unusableRow = (file: LocalModel): string[] => [
  `on-device/${file.id}`,
  'this machine',
  '',
  file.problem === null ? file.state : `${file.state}: ${file.problem}`
]
