import type { Alias, AliasTarget } from '../../contract/aliases.ts'
import { strategyNames } from '../../contract/strategies.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { UsageError } from '../usage-error.ts'

export const aliasSetCommand = defineCommand({
  name: 'alias set',
  summary: 'make or replace a name that stands for models',
  args: ['NAME', 'TARGET...'],
  options: {
    ...dataDirOption,
    strategy: {
      type: 'string',
      value: 'S',
      help: `how one is picked: ${strategyNames.join(', ')} (default: priority). Rules are written in the window or in YAML: homeport config import`
    },
    weight: {
      type: 'string',
      multiple: true,
      value: 'N',
      help: 'share of each target under weighted, in their order (repeated)'
    },
    'first-token-timeout': {
      type: 'string',
      value: 'MS',
      help: 'ask the next when nothing has come by then'
    },
    'idle-timeout': {
      type: 'string',
      value: 'MS',
      help: 'give up on an answer that has stopped for so long'
    },
    knowledge: {
      type: 'string',
      multiple: true,
      value: 'SCOPE',
      help: 'look its answers up in notes: "*", SOURCE, SOURCE/Folder, SOURCE#tag (repeated)'
    },
    'on-refusal': { type: 'boolean', help: 'ask the next when one refuses for its content policy' }
  },
  examples: [
    'homeport alias set fast groq/llama-3.1-8b-instant openai/gpt-5-mini',
    'homeport alias set best anthropic/claude-opus-4-5 openai/gpt-5 --strategy weighted --weight 3 --weight 1'
  ],
  async run({ args: [name = '', ...targets], values, terminal, host }) {
    const strategy = strategyNames.find((known) => known === (values.strategy ?? strategyNames[0]))
    if (!strategy)
      throw new UsageError(`There is no strategy "${values.strategy}". Known: ${strategyNames.join(', ')}`)
    const weights = (values.weight ?? []).map((word) => wholeNumber('--weight', word))
    if (weights.length > 0 && weights.length !== targets.length) {
      throw new UsageError(`Give one --weight for each target: ${targets.length}, not ${weights.length}`)
    }
    const firstTokenTimeout = values['first-token-timeout']
    const idleTimeout = values['idle-timeout']
    return withConnection(values, host, async (connection) => {
      const alias = await connection.invoke('PUT /app/aliases/:name', {
        params: { name },
        body: {
          strategy,
          targets: targets.map((model, index) => ({ model, weight: weights[index] ?? 1 })),
          fallbackOnRefusal: values['on-refusal'] ?? false,
          ...(values.knowledge && { knowledge: values.knowledge }),
          ...(firstTokenTimeout !== undefined && {
            firstTokenTimeoutMs: wholeNumber('--first-token-timeout', firstTokenTimeout)
          }),
          ...(idleTimeout !== undefined && { idleTimeoutMs: wholeNumber('--idle-timeout', idleTimeout) })
        }
      })
      terminal.line(`${alias.name} stands for ${alias.targets.map(({ model }) => model).join(', ')}.`)
      terminal.note(`Why one is picked: homeport alias why ${alias.name} --prompt "..."`)
      return 0
    })
  }
})

export const aliasListCommand = defineCommand({
  name: 'alias list',
  summary: 'list the names that stand for models',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport alias list', 'homeport alias list --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/aliases')
      if (values.json) terminal.json(answer)
      else if (answer.aliases.length === 0)
        terminal.line('No aliases yet. Make one with: homeport alias set NAME TARGET...')
      else terminal.table(['Name', 'Strategy', 'Targets'], answer.aliases.map(row))
      return 0
    })
})

export const aliasShowCommand = defineCommand({
  name: 'alias show',
  summary: 'show all of one alias',
  args: ['NAME'],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport alias show fast'],
  run: ({ args: [name = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { aliases } = await connection.invoke('GET /app/aliases')
      const alias = aliases.find((candidate) => candidate.name === name)
      if (!alias) {
        throw new HomeportError('not-found', `There is no alias "${name}"`, {
          action: 'See: homeport alias list'
        })
      }
      if (values.json) terminal.json(alias)
      else terminal.facts(factsOf(alias))
      return 0
    })
})

export const aliasRemoveCommand = defineCommand({
  name: 'alias rm',
  summary: 'forget an alias; its models stay',
  args: ['NAME'],
  options: dataDirOption,
  examples: ['homeport alias rm fast'],
  run: ({ args: [name = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      await connection.invoke('DELETE /app/aliases/:name', { params: { name } })
      terminal.line(`Removed ${name}.`)
      return 0
    })
})

export const aliasWhyCommand = defineCommand({
  name: 'alias why',
  summary: 'say who would answer a request, and why; asks nobody',
  args: ['NAME'],
  options: {
    ...dataDirOption,
    ...jsonOption,
    prompt: { type: 'string', value: 'TEXT', help: 'what would be asked' },
    images: { type: 'boolean', help: 'with images' },
    tools: { type: 'boolean', help: 'with tools' },
    'json-answer': { type: 'boolean', help: 'asking for JSON' },
    'on-device': { type: 'boolean', help: 'without leaving this machine' }
  },
  examples: ['homeport alias why auto --prompt "Prove that there are infinitely many primes"'],
  run: ({ args: [model = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const preview = await connection.invoke('POST /app/route-preview', {
        body: {
          model,
          prompt: values.prompt ?? '',
          hasImages: values.images ?? false,
          hasTools: values.tools ?? false,
          wantsJson: values['json-answer'] ?? false,
          onDeviceOnly: values['on-device'] ?? false
        }
      })
      if (values.json) terminal.json(preview)
      else {
        terminal.line(`${preview.why}.`)
        terminal.table(
          ['Order', 'Model', 'Why'],
          [
            ...preview.order.map(({ model: asked, why }, index) => [String(index + 1), asked, why]),
            ...preview.leftOut.map(({ model: left, why }) => ['not', left, why])
          ]
        )
      }
      return 0
    })
})

function wholeNumber(option: string, word: string): number {
  if (/^\d{1,9}$/.test(word)) return Number(word)
  throw new UsageError(`${option} takes a whole number, not "${word}"`)
}

const row = ({ name, strategy, targets }: Alias): string[] => [
  name,
  strategy,
  targets.map((target) => describe(target, strategy)).join(', ')
]

const describe = ({ model, weight }: AliasTarget, strategy: Alias['strategy']): string =>
  strategy === 'weighted' ? `${model} (${weight})` : model

const factsOf = (alias: Alias): [string, string][] => [
  ['name', alias.name],
  ['strategy', alias.strategy],
  ...alias.targets.map((target, index): [string, string] => [
    index === 0 ? 'targets' : '',
    [describe(target, alias.strategy), target.when && JSON.stringify(target.when)].filter(Boolean).join(' ')
  ]),
  ['on refusal', alias.fallbackOnRefusal ? 'ask the next' : 'answer with it'],
  ...(alias.knowledge ? [['knowledge', alias.knowledge.join(', ')] satisfies [string, string]] : []),
  ['first token', milliseconds(alias.firstTokenTimeoutMs)],
  ['idle', milliseconds(alias.idleTimeoutMs)]
]

const milliseconds = (value: number | null): string => (value === null ? 'as usual' : `${value} ms`)
