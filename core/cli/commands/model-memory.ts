import type { RunningModel } from '../../contract/local-models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { size } from '../amounts.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { findLocalModel } from '../local-model-id.ts'
import { localTime } from '../local-time.ts'
import { speedWords } from '../model-words.ts'

export const modelPsCommand = defineCommand({
  name: 'model ps',
  summary: 'show the engine, its memory and the models that are loaded',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport model ps', 'homeport model ps --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const status = await connection.invoke('GET /app/engine')
      if (values.json) {
        terminal.json(status)
        return 0
      }
      const { budgetBytes, usedBytes, systemFreeBytes, systemTotalBytes } = status.memory
      terminal.facts([
        ['Engine', status.backend === null ? status.state : `${status.state}, ${status.backend}`],
        ...status.devices.map(
          ({ name, totalBytes, freeBytes }) =>
            [name, `${size(freeBytes)} of ${size(totalBytes)} free`] as const
        ),
        ['Models', `${size(usedBytes)} of at most ${size(budgetBytes)}`],
        ['Memory', `${size(systemFreeBytes)} of ${size(systemTotalBytes)} free`]
      ])
      if (status.models.length > 0)
        terminal.table(
          ['Model', 'State', 'Memory', 'GPU layers', 'Context', 'Answering', 'Waiting', 'Until'],
          status.models.map(row)
        )
      return 0
    })
})

const row = (model: RunningModel): string[] => [
  `on-device/${model.id}`,
  model.state,
  size(model.memoryBytes),
  String(model.gpuLayers),
  `${model.parallel} × ${model.contextTokens}`,
  String(model.active),
  String(model.waiting),
  model.unloadsAt === null ? '' : localTime(model.unloadsAt)
]

export const modelLoadCommand = defineCommand({
  name: 'model load',
  summary: 'have a model in memory before it is asked',
  args: ['ID'],
  options: dataDirOption,
  examples: ['homeport model load qwen3-4b-q4_k_m'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      if (connection.daemon === null)
        throw new HomeportError(
          'unavailable',
          'A model stays loaded for as long as Homeport runs, and it does not',
          {
            action: 'Start it with: homeport serve'
          }
        )
      const { id } = await findLocalModel(connection, typed)
      await connection.invoke('POST /app/local-models/:id/load', { params: { id } })
      terminal.line(`Loaded on-device/${id}.`)
      return 0
    })
})

export const modelUnloadCommand = defineCommand({
  name: 'model unload',
  summary: 'take a model out of memory; what it is answering ends',
  args: ['ID'],
  options: dataDirOption,
  examples: ['homeport model unload qwen3-4b-q4_k_m'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { id } = await findLocalModel(connection, typed)
      await connection.invoke('POST /app/local-models/:id/unload', { params: { id } })
      terminal.line(`Unloaded on-device/${id}.`)
      return 0
    })
})

export const modelCalibrateCommand = defineCommand({
  name: 'model calibrate',
  summary: 'find the best number of threads for a model by trying',
  args: ['ID'],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport model calibrate qwen3-4b-q4_k_m'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { id } = await findLocalModel(connection, typed)
      terminal.note('Trying numbers of threads. Other work on this machine makes it slower.')
      const model = await connection.invoke('POST /app/local-models/:id/calibrate', { params: { id } })
      const { calibratedThreads, speed } = model
      if (values.json) terminal.json({ id, calibratedThreads, speed })
      else
        terminal.facts([
          ['Threads', calibratedThreads === null ? 'not found out' : String(calibratedThreads)],
          ['Output', speedWords(speed) || 'unknown'],
          ['Prompt', speed?.prompt == null ? 'unknown' : `${Math.round(speed.prompt)} tokens/s`]
        ])
      return 0
    })
})
