import type { Alias } from '../../contract/aliases.ts'
import type { LocalModel } from '../../contract/local-models.ts'
import type { Model } from '../../contract/models.ts'
import { size } from '../amounts.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { fitWords, speedWords } from '../model-words.ts'

export const modelListCommand = defineCommand({
  name: 'model list',
  summary: 'list every model and alias that can be asked',
  args: [],
  options: {
    ...dataDirOption,
    ...jsonOption,
    here: { type: 'boolean', help: 'only the models of this machine' }
  },
  examples: ['homeport model list', 'homeport model list --here', 'homeport model list --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { models: localModels } = await connection.invoke('GET /app/local-models')
      const { models: all } = await connection.invoke('GET /app/models')
      const models = values.here ? all.filter(({ id }) => localModels.some((file) => isOf(file, id))) : all
      const { aliases } = values.here ? { aliases: [] } : await connection.invoke('GET /app/aliases')
      // a broken file is no model to ask, and has to be shown all the same
      const unusable = localModels.filter((file) => !models.some(({ id }) => isOf(file, id)))
      if (values.json) terminal.json({ models, localModels, aliases })
      else if (models.length + unusable.length === 0)
        terminal.line(
          'No models yet. Get one with: homeport model pull ID (see homeport model catalog), or homeport model add PATH, or homeport provider add NAME --base-url URL'
        )
      else
        terminal.table(
          ['Model', 'Runs on', 'Context', 'Size', 'Fit', 'Speed', 'State'],
          [
            ...(models.length > 0 && !values.here ? [autoRow] : []),
            ...aliases.map(aliasRow),
            ...models.map((model) => row(model, localModels)),
            ...unusable.map(unusableRow)
          ]
        )
      return 0
    })
})

const isOf = (file: LocalModel, id: string): boolean => id === `on-device/${file.id}`

function row(model: Model, localModels: readonly LocalModel[]): string[] {
  const file = localModels.find((each) => isOf(each, model.id))
  return [
    model.id,
    model.onDevice ? 'this machine' : model.providerName,
    model.contextTokens === null ? '' : String(model.contextTokens),
    ...(file
      ? [size(file.sizeBytes), fitWords(file.fit), speedWords(file.speed), file.state]
      : ['', '', '', 'ready'])
  ]
}

const autoRow = ['auto', 'an alias', '', '', '', '', 'fast or best, by how hard the request is']

const aliasRow = ({ name, targets }: Alias): string[] => [
  name,
  'an alias',
  ...['', '', '', ''],
  targets.map(({ model }) => model).join(', ')
]

const unusableRow = (file: LocalModel): string[] => [
  `on-device/${file.id}`,
  'this machine',
  '',
  size(file.sizeBytes),
  fitWords(file.fit),
  '',
  file.problem === null ? file.state : `${file.state}: ${file.problem}`
]
