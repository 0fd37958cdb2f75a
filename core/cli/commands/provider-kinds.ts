import type { ProviderKind } from '../../contract/models.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { UsageError } from '../usage-error.ts'

export const providerKindsCommand = defineCommand({
  name: 'provider kinds',
  summary: 'list the types of providers, or show what one asks for',
  args: ['[TYPE]'],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport provider kinds', 'homeport provider kinds azure'],
  run: ({ args: [type], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { kinds } = await connection.invoke('GET /app/provider-kinds')
      const asked = kinds.filter(({ kind }) => type === undefined || kind === type)
      const [one] = asked
      if (!one) {
        throw new UsageError(`There is no type "${type}". Known: ${kinds.map(({ kind }) => kind).join(', ')}`)
      }
      if (values.json) terminal.json({ kinds: asked })
      else if (type === undefined) {
        terminal.table(['Type', 'What', 'Usual address', 'Key', 'Options'], kinds.map(row))
        terminal.note('What the options are for: homeport provider kinds TYPE')
      } else {
        terminal.facts(factsOf(one))
        if (one.options.length > 0)
          terminal.table(['Option', 'Needed', 'What for'], one.options.map(optionRow))
      }
      return 0
    })
})

const keyOf = ({ needsKey }: ProviderKind): string => (needsKey ? 'needed' : 'if it wants one')

const row = (kind: ProviderKind): string[] => [
  kind.kind,
  kind.label,
  kind.defaultBaseUrl ?? '--base-url',
  keyOf(kind),
  kind.options.map(({ name, required }) => (required ? name : `[${name}]`)).join(' ')
]

const factsOf = (kind: ProviderKind): [string, string][] => [
  ['type', kind.kind],
  ['what', kind.label],
  ['usual address', kind.defaultBaseUrl ?? 'none: --base-url URL'],
  ['key', keyOf(kind)]
]

const optionRow = ({ name, label, hint, required }: ProviderKind['options'][number]): string[] => [
  `--option ${name}=`,
  required ? 'yes' : 'no',
  `${label}. ${hint}`
]
