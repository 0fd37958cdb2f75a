import { readFile } from 'node:fs/promises'
import { dataDirOption, defineCommand } from '../command.ts'
import { withConnection } from '../connect.ts'
import { UsageError } from '../usage-error.ts'
import { writeNewFile } from '../write-new-file.ts'

export const configExportCommand = defineCommand({
  name: 'config export',
  summary: 'write providers, aliases and limits as YAML, without keys',
  args: ['[FILE]'],
  options: { ...dataDirOption, force: { type: 'boolean', help: 'overwrite the file' } },
  examples: ['homeport config export homeport.yaml', 'homeport config export | less'],
  run: ({ args: [file], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { yaml } = await connection.invoke('GET /app/config')
      if (file === undefined) terminal.write(yaml)
      else {
        await writeNewFile(file, yaml, values.force ?? false)
        terminal.note(`Written to ${file}. Keys are not part of it.`)
      }
      return 0
    })
})

export const configImportCommand = defineCommand({
  name: 'config import',
  summary: 'add and replace what a YAML file names; removes nothing',
  args: ['FILE'],
  options: dataDirOption,
  examples: ['homeport config import homeport.yaml'],
  async run({ args: [file = ''], values, terminal, host }) {
    const yaml = await readFile(file, 'utf8').catch(() => {
      throw new UsageError(`"${file}" cannot be read`)
    })
    return withConnection(values, host, async (connection) => {
      const taken = await connection.invoke('PUT /app/config', { body: { yaml } })
      const counts = [
        count(taken.providers.length, 'provider', 'providers'),
        count(taken.aliases.length, 'alias', 'aliases')
      ]
      terminal.line(`Took ${counts.join(' and ')}.`)
      for (const id of taken.keysMissing) {
        terminal.note(`${id} has no key yet: homeport provider update ${id} --key-stdin`)
      }
      for (const name of taken.limitsSkipped) {
        terminal.note(`No app key is called "${name}"; its limits were left out.`)
      }
      return 0
    })
  }
})

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`
