import { resolve } from 'node:path'
import { HomeportError } from '../../errors/homeport-error.ts'
import { size } from '../amounts.ts'
import { dataDirOption, defineCommand } from '../command.ts'
import { withConnection } from '../connect.ts'
import { findLocalModel } from '../local-model-id.ts'

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
      else terminal.note(`Try it: homeport model run ${model.id} "Hello"`)
      return 0
    })
})

export const modelRemoveCommand = defineCommand({
  name: 'model rm',
  summary: 'forget a GGUF file and leave it where it is, or delete one of the models folder',
  args: ['ID'],
  options: {
    ...dataDirOption,
    file: { type: 'boolean', help: 'delete the file, too; only of a model in the models folder' }
  },
  examples: ['homeport model rm qwen3-4b-q4_k_m', 'homeport model rm qwen3-4b-q4_k_m --file'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { id, origin, sizeBytes } = await findLocalModel(connection, typed)
      if (origin === 'folder' && !values.file) {
        throw new HomeportError('conflict', `on-device/${id} is in the models folder`, {
          action: `To delete its file (${size(sizeBytes)}), add --file`
        })
      }
      await connection.invoke('DELETE /app/local-models/:id', {
        params: { id },
        query: values.file ? { file: 'true' } : {}
      })
      terminal.line(
        values.file
          ? `Deleted on-device/${id}, ${size(sizeBytes)}.`
          : `Removed on-device/${id}. The file is untouched.`
      )
      return 0
    })
})
