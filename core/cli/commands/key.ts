import type { AppKey } from '../../contract/access.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { localTime } from '../local-time.ts'
import { UsageError } from '../usage-error.ts'
import { limitOptions, limitsText, readLimits } from './key-limits.ts'

export const keyCreateCommand = defineCommand({
  name: 'key create',
  summary: 'make a key for one program, and print it',
  args: ['NAME'],
  options: { ...limitOptions, ...dataDirOption },
  examples: [
    'homeport key create "my editor"',
    'homeport key create script --rpm 60 --tpm 100000',
    'export OPENAI_API_KEY="$(homeport key create script)"'
  ],
  run: ({ args: [name = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const body = { name, limits: readLimits(values) }
      const { key, secret } = await connection.invoke('POST /app/keys', { body })
      terminal.line(secret)
      terminal.note(
        `The key of "${key.name}", shown only now: copy it. It can be taken back with: homeport key revoke ${key.id}`
      )
      return 0
    })
})

export const keyListCommand = defineCommand({
  name: 'key list',
  summary: 'list the keys of programs',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport key list', 'homeport key list --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/keys')
      if (values.json) terminal.json(answer)
      else if (answer.keys.length === 0) terminal.line('No keys yet. Make one with: homeport key create NAME')
      else
        terminal.table(['Id', 'Name', 'Key', 'Created', 'Last used', 'Limits', 'State'], answer.keys.map(row))
      return 0
    })
})

export const keyLimitCommand = defineCommand({
  name: 'key limit',
  summary: 'change what a key may take, at once',
  args: ['ID'],
  options: {
    ...limitOptions,
    anywhere: { type: 'boolean', help: 'its requests may leave this machine again' },
    ...dataDirOption
  },
  examples: ['homeport key limit "my editor" --rpm 60', 'homeport key limit script --tpm none --anywhere'],
  run: ({ args: [typed = ''], values, terminal, host }) => {
    const limits = { ...readLimits(values), ...(values.anywhere && { onDeviceOnly: false }) }
    if (Object.keys(limits).length === 0)
      throw new UsageError('Say what to change: --rpm, --tpm, --knowledge, --on-device-only or --anywhere.')
    if (values.anywhere && values['on-device-only'])
      throw new UsageError('--on-device-only and --anywhere contradict each other.')
    return withConnection(values, host, async (connection) => {
      const { keys } = await connection.invoke('GET /app/keys')
      const { id } = findKey(keys, typed)
      const key = await connection.invoke('PATCH /app/keys/:id', { params: { id }, body: { limits } })
      terminal.line(`"${key.name}": ${limitsText(key.limits) || 'no limits'}.`)
      return 0
    })
  }
})

const pauseOrResume = (paused: boolean) => {
  const verb = paused ? 'pause' : 'resume'
  return defineCommand({
    name: `key ${verb}`,
    summary: paused ? 'refuse the calls of a key until it is resumed' : 'let a paused key call again',
    args: ['ID'],
    options: dataDirOption,
    examples: [`homeport key ${verb} "my editor"`],
    run: ({ args: [typed = ''], values, terminal, host }) =>
      withConnection(values, host, async (connection) => {
        const { keys } = await connection.invoke('GET /app/keys')
        const { id } = findKey(keys, typed)
        const { name } = await connection.invoke('PATCH /app/keys/:id', { params: { id }, body: { paused } })
        terminal.line(paused ? `Paused "${name}": its calls are refused.` : `"${name}" may call again.`)
        return 0
      })
  })
}

export const keyPauseCommand = pauseOrResume(true)
export const keyResumeCommand = pauseOrResume(false)

export const keyRevokeCommand = defineCommand({
  name: 'key revoke',
  summary: 'take a key back, at once and for good',
  args: ['ID'],
  options: dataDirOption,
  examples: ['homeport key revoke 01991f3e-...', 'homeport key revoke "my editor"'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { keys } = await connection.invoke('GET /app/keys')
      const key = findKey(keys, typed)
      await connection.invoke('DELETE /app/keys/:id', { params: { id: key.id } })
      terminal.line(`Revoked "${key.name}" (${key.prefix}…).`)
      return 0
    })
})

/** By id, or by a name that only one living key has. */
function findKey(keys: readonly AppKey[], typed: string): AppKey {
  const byId = keys.find((key) => key.id === typed)
  if (byId) return byId
  const named = keys.filter((key) => key.name === typed && key.revokedAt === null)
  const [only] = named
  if (only && named.length === 1) return only
  throw new HomeportError(
    'not-found',
    named.length > 1 ? `${named.length} keys are named "${typed}"` : `There is no key "${typed}"`,
    { action: 'Give the id, as shown by: homeport key list' }
  )
}

const row = (key: AppKey): string[] => [
  key.id,
  key.name,
  `${key.prefix}…`,
  localTime(key.createdAt),
  key.lastUsedAt === null ? 'never' : localTime(key.lastUsedAt),
  limitsText(key.limits),
  stateOf(key)
]

function stateOf({ revokedAt, pausedAt }: AppKey): string {
  if (revokedAt !== null) return 'revoked'
  return pausedAt === null ? 'active' : 'paused'
}
