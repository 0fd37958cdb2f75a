import {
  type Settings,
  type SettingsPatch,
  settingsPatchSchema,
  settingsSchema
} from '../contract/settings.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Store } from '../store/store.ts'
import { putSetting, readSettingRows } from './settings-repository.ts'

export interface SettingsStore {
  /** From memory. */
  get(): Settings
  /** Resolves with all settings once the change is on disk. Throws `bad-request` for an unknown name or value. */
  patch(change: SettingsPatch): Promise<Settings>
  /** Called after every change. Returns the function that stops it. */
  onChange(listener: (settings: Settings) => void): () => void
}

/** Opens what the person chose. A stored value that this version does not understand counts as not chosen. */
export function openSettings(store: Pick<Store, 'homeport' | 'write'>): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>()
  let current = settingsSchema.parse(storedValues(store))

  return {
    get: () => current,
    async patch(change) {
      const checked = settingsPatchSchema.safeParse(change)
      if (!checked.success) throw badPatch(checked.error.issues[0])
      const entries = Object.entries(checked.data).filter(([, value]) => value !== undefined)
      if (entries.length === 0) return current
      await store.write(
        'homeport',
        entries.map(([name, value]) => putSetting(name, JSON.stringify(value)))
      )
      // what stands in `current` now may be newer than what stood there before the write
      current = { ...current, ...Object.fromEntries(entries) }
      for (const listener of listeners) listener(current)
      return current
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  }
}

function storedValues(store: Pick<Store, 'homeport'>): SettingsPatch {
  const values: Record<string, unknown> = {}
  for (const { name, value } of readSettingRows(store.homeport)) {
    const parsed = settingsPatchSchema.safeParse({ [name]: parseJson(value) })
    if (parsed.success) Object.assign(values, parsed.data)
  }
  return values
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function badPatch(issue: { path: PropertyKey[]; message: string } | undefined): HomeportError {
  const param = issue?.path.map(String).join('.')
  return new HomeportError(
    'bad-request',
    `This setting cannot be changed so: ${issue?.message ?? 'it is not valid'}`,
    param ? { param } : {}
  )
}
