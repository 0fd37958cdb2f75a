import { type Alias, AUTO } from '../../core/contract/aliases.ts'
import type { Model } from '../../core/contract/models.ts'

export interface ModelOption {
  /** `provider/model`. */
  value: string
  label: string
  onDevice: boolean
  hint: string | null
}

export interface ModelGroup {
  label: string
  items: ModelOption[]
}

/** Models by provider: on-device first, then by name, as pickers show them. */
export function groupModels(models: readonly Model[]): ModelGroup[] {
  const groups = new Map<string, ModelGroup & { onDevice: boolean }>()
  for (const model of models) {
    const group = groups.get(model.providerId) ?? {
      label: model.providerName,
      items: [],
      onDevice: model.onDevice
    }
    group.items.push({
      value: model.id,
      label: model.name,
      onDevice: model.onDevice,
      hint: model.contextTokens === null ? null : shortContext(model.contextTokens)
    })
    groups.set(model.providerId, group)
  }
  return [...groups.values()]
    .sort((a, b) => Number(b.onDevice) - Number(a.onDevice) || a.label.localeCompare(b.label))
    .map(({ label, items }) => ({ label, items: items.sort((a, b) => a.label.localeCompare(b.label)) }))
}

/** The models themselves, without the names that stand for some of them. */
export function withoutAliases(models: readonly Model[]): Model[] {
  return models.filter(({ id }) => id.includes('/'))
}

/** The names that stand for models, as one group of a picker; nothing while there is no model they could stand for. */
export function aliasGroup(aliases: readonly Alias[]): ModelGroup[] {
  if (aliases.length === 0) return []
  const names = [...aliases.map(({ name }) => name).sort(), AUTO]
  const items = names.map((name) => ({ value: name, label: name, onDevice: false, hint: null }))
  return [{ label: 'Aliases', items }]
}

/** The address to show: the first of these that a picker has, else the first it has at all. Null without any. */
export function pickAddress(
  groups: readonly ModelGroup[],
  ...wanted: (string | null | undefined)[]
): string | null {
  const offered = groups.flatMap(({ items }) => items.map(({ value }) => value))
  return wanted.find((address) => address != null && offered.includes(address)) ?? offered[0] ?? null
}

/** The name after `provider/`; the whole when there is no slash. */
export function modelName(address: string): string {
  const slash = address.indexOf('/')
  return slash < 0 ? address : address.slice(slash + 1)
}

/** The last part of a name, for narrow places: `claude-sonnet-5`. */
export function shortModelName(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1)
}

/** The model to ask: the first of these that still exists, else any. Null without models. */
export function pickModel(models: readonly Model[], ...wanted: (string | null | undefined)[]): string | null {
  for (const address of wanted) if (models.some((model) => model.id === address)) return address ?? null
  return models[0]?.id ?? null
}

/** A context window in few letters: `400k`, `1M`. */
export function shortContext(tokens: number): string {
  if (tokens >= 1_000_000) return `${Math.round(tokens / 1_000_000)}M`
  // windows are round in one of two ways: 400,000 or 32,768
  return `${Math.round(tokens / (tokens % 1000 === 0 ? 1000 : 1024))}k`
}
