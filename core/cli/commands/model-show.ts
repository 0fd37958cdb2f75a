import type { LocalModelDetails } from '../../contract/local-models.ts'
import { parameterCount, size } from '../amounts.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { findLocalModel } from '../local-model-id.ts'
import { localTime } from '../local-time.ts'
import { settingWords } from '../model-settings.ts'
import { abilityWords, fitWords, speedWords } from '../model-words.ts'

export const modelShowCommand = defineCommand({
  name: 'model show',
  summary: 'show what is known of a model of this machine, and how it fits',
  args: ['ID'],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport model show qwen3-4b-q4_k_m', 'homeport model show qwen3-4b-q4_k_m --json'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { id } = await findLocalModel(connection, typed)
      const model = await connection.invoke('GET /app/local-models/:id', { params: { id } })
      if (values.json) terminal.json(model)
      else {
        terminal.facts(facts(model))
        if (model.fit.perContext.length > 0)
          terminal.table(
            ['Context', 'Memory'],
            model.fit.perContext.map(({ contextTokens, memoryBytes }) => [
              String(contextTokens),
              size(memoryBytes)
            ])
          )
      }
      return 0
    })
})

function facts(model: LocalModelDetails): (readonly [string, string])[] {
  const { fit, settings } = model
  const known: (readonly [string, string | number | null])[] = [
    ['Model', `on-device/${model.id}`],
    ['Name', model.name],
    ['For', model.kind],
    ['State', model.problem === null ? model.state : `${model.state}: ${model.problem}`],
    ['File', model.path],
    ['Size', size(model.sizeBytes)],
    ['From', model.origin],
    ['Architecture', model.architecture],
    ['Parameters', parameterCount(model.parameters)],
    ['Quantization', model.quantization],
    ['Trained for', model.contextTokens === null ? null : `${model.contextTokens} tokens`],
    ['Can', abilityWords(model.abilities)],
    ['Template', model.chatTemplateHash === null ? 'none' : `sha256:${model.chatTemplateHash}`],
    ['Fit', fitWords(fit)],
    ['Context here', fit.contextTokens === null ? null : `${fit.contextTokens} tokens`],
    ['Speed', speedWords(model.speed)],
    ['Threads', settings.threads ?? model.calibratedThreads],
    ['Last used', model.lastUsedAt === null ? null : localTime(model.lastUsedAt)],
    ['Settings', changedSettings(settings)]
  ]
  return known.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, String(value)] as const]
  )
}

/** Those that were set, in the words of `model set`. */
function changedSettings(settings: LocalModelDetails['settings']): string {
  return settingWords(settings)
    .filter(([, value]) => value !== 'auto')
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
}
