import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { findLocalModel } from '../local-model-id.ts'
import { readSettings, settingNames, settingWords } from '../model-settings.ts'

export const modelSetCommand = defineCommand({
  name: 'model set',
  summary: 'change how a model of this machine is run',
  args: ['ID', 'SETTING=VALUE...'],
  options: { ...dataDirOption, ...jsonOption },
  examples: [
    'homeport model set qwen3-4b-q4_k_m context=16384 kv-cache=q8_0',
    'homeport model set qwen3-4b-q4_k_m overflow=slide idle-minutes=0',
    `homeport model set qwen3-4b-q4_k_m threads=auto      (as Homeport chooses; all: ${settingNames.join(', ')})`
  ],
  run: ({ args: [typed = '', ...words], values, terminal, host }) => {
    const changes = readSettings(words)
    return withConnection(values, host, async (connection) => {
      const { id, state, settings } = await findLocalModel(connection, typed)
      const changed = await connection.invoke('PUT /app/local-models/:id/settings', {
        params: { id },
        body: { ...settings, ...changes }
      })
      if (values.json) terminal.json(changed.settings)
      else terminal.facts(settingWords(changed.settings))
      if (state === 'loaded') terminal.note('It is loaded anew with its next request.')
      return 0
    })
  }
})
