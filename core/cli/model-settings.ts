import type { AppBodyInput } from '../contract/app-routes.ts'
import type { LocalModelSettings } from '../contract/local-models.ts'
import { closest } from './closest.ts'
import { withoutPrefix } from './local-model-id.ts'
import { readPairs } from './read-pairs.ts'
import { UsageError } from './usage-error.ts'

type Field = keyof LocalModelSettings
type Kind = 'number' | 'switch' | 'word' | 'model'
/** As typed: whether the values can be is for the control API to say. */
type Changes = AppBodyInput<'PUT /app/local-models/:id/settings'>

/** Settings of a model as they are typed. */
const settings: Readonly<Record<string, readonly [Field, Kind]>> = {
  context: ['contextTokens', 'number'],
  parallel: ['parallel', 'number'],
  'gpu-layers': ['gpuLayers', 'number'],
  threads: ['threads', 'number'],
  'flash-attention': ['flashAttention', 'switch'],
  'kv-cache': ['kvCache', 'word'],
  overflow: ['overflow', 'word'],
  'idle-minutes': ['idleMinutes', 'number'],
  draft: ['draftModel', 'model']
}
export const settingNames = Object.keys(settings)

/** Changes by field; undefined for what is to be chosen by Homeport again (`auto`). Throws UsageError. */
export function readSettings(words: readonly string[]): Changes {
  const changes: Record<string, unknown> = Object.fromEntries(
    Object.entries(readPairs('A setting', words)).map(([name, value]) => {
      const setting = settings[name]
      if (!setting) throw unknownSetting(name)
      const [field, kind] = setting
      return [field, value === 'auto' ? undefined : readValue(name, kind, value)]
    })
  )
  return changes
}

/** Every setting as `model set` takes it. */
export function settingWords(current: LocalModelSettings): [name: string, value: string][] {
  return Object.entries(settings).map(([name, [field, kind]]) => {
    const value = current[field]
    if (value === null) return [name, 'auto']
    return [name, kind === 'switch' ? (value === true ? 'on' : 'off') : String(value)]
  })
}

function readValue(name: string, kind: Kind, value: string): unknown {
  if (kind === 'word') return value
  if (kind === 'model') return withoutPrefix(value)
  if (kind === 'switch') {
    if (value !== 'on' && value !== 'off') throw new UsageError(`${name} is on, off or auto.`)
    return value === 'on'
  }
  if (!/^\d{1,10}$/.test(value)) throw new UsageError(`${name} is a number, or auto.`)
  return Number(value)
}

function unknownSetting(name: string): UsageError {
  const near = closest(name, settingNames)
  const hint = near === null ? '' : ` Did you mean ${near}?`
  return new UsageError(`There is no setting "${name}".${hint} Known: ${settingNames.join(', ')}`)
}
