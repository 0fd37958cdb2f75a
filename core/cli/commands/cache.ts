import { type CacheSettings, DEFAULT_SIMILARITY } from '../../contract/settings.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { UsageError } from '../usage-error.ts'

export const cacheStatusCommand = defineCommand({
  name: 'cache status',
  summary: 'show what is kept of answers, and what that saved',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport cache status', 'homeport cache status --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { cache } = await connection.invoke('GET /app/settings')
      const stats = await connection.invoke('GET /app/cache')
      if (values.json) terminal.json({ ...cache, ...stats })
      else
        terminal.facts([
          ['State', cache.enabled ? 'on' : 'off: only clients that ask for it use it'],
          [
            'Similar questions',
            cache.semantic?.enabled ? `from ${cache.semantic.threshold} on` : 'asked anew'
          ],
          ['Kept for', `${cache.ttlSeconds} seconds`],
          ['Answers', String(stats.entries)],
          ['Size', `${(stats.bytes / 1e6).toFixed(1)} of ${cache.maxMegabytes} MB`],
          ['Used', `${stats.hits} of ${stats.hits + stats.misses} times`],
          ['Saved', `$${(stats.savedNanoUsd / 1e9).toFixed(4)}`]
        ])
      return 0
    })
})

export const cacheOnCommand = defineCommand({
  name: 'cache on',
  summary: 'give the same answer to the same request of the same program',
  args: [],
  options: {
    ttl: { type: 'string', value: 'SECONDS', help: 'how long an answer is kept' },
    'max-mb': { type: 'string', value: 'N', help: 'how much is kept in all' },
    similar: {
      type: 'string',
      value: 'LIKENESS|off',
      help: `also for a question in other words, so like it (0.5 to 1, usually ${DEFAULT_SIMILARITY})`
    },
    ...dataDirOption
  },
  examples: [
    'homeport cache on',
    'homeport cache on --ttl 3600 --max-mb 500',
    `homeport cache on --similar ${DEFAULT_SIMILARITY}`
  ],
  run: ({ values, terminal, host }) => {
    const ttlSeconds = readNumber('--ttl', values.ttl)
    const maxMegabytes = readNumber('--max-mb', values['max-mb'])
    const likeness = readLikeness(values.similar)
    return withConnection(values, host, async (connection) => {
      const { cache } = await connection.invoke('GET /app/settings')
      const changed = {
        ...cache,
        ...(likeness !== undefined && { semantic: semanticOf(cache, likeness) }),
        enabled: true,
        ttlSeconds: ttlSeconds ?? cache.ttlSeconds,
        maxMegabytes: maxMegabytes ?? cache.maxMegabytes
      }
      await connection.invoke('PATCH /app/settings', { body: { cache: changed } })
      terminal.line(`Answers are kept for ${changed.ttlSeconds} seconds, ${changed.maxMegabytes} MB of them.`)
      return 0
    })
  }
})

export const cacheOffCommand = defineCommand({
  name: 'cache off',
  summary: 'ask anew every time; kept answers stay until they are cleared or too old',
  args: [],
  options: dataDirOption,
  examples: ['homeport cache off'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { cache } = await connection.invoke('GET /app/settings')
      await connection.invoke('PATCH /app/settings', { body: { cache: { ...cache, enabled: false } } })
      terminal.line('Off. A client that asks for it by header still uses it.')
      return 0
    })
})

export const cacheClearCommand = defineCommand({
  name: 'cache clear',
  summary: 'forget every kept answer',
  args: [],
  options: dataDirOption,
  examples: ['homeport cache clear'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { entries } = await connection.invoke('GET /app/cache')
      await connection.invoke('DELETE /app/cache')
      terminal.line(entries === 1 ? 'Forgot 1 answer.' : `Forgot ${entries} answers.`)
      return 0
    })
})

/** Null for none. The range is for the control API to check. */
function readLikeness(value: string | undefined): number | null | undefined {
  if (value === undefined) return undefined
  if (value === 'off') return null
  if (!/^[01](\.\d{1,4})?$/.test(value))
    throw new UsageError('--similar takes a number from 0.5 to 1, or off.')
  return Number(value)
}

const semanticOf = ({ semantic }: CacheSettings, likeness: number | null): CacheSettings['semantic'] => ({
  ...semantic,
  enabled: likeness !== null,
  threshold: likeness ?? semantic?.threshold ?? DEFAULT_SIMILARITY
})

/** The range is for the control API to check. */
function readNumber(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d{1,10}$/.test(value)) throw new UsageError(`${option} takes a number.`)
  return Number(value)
}
