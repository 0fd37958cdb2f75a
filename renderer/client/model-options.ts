import { type Alias, AUTO } from '../../core/contract/aliases.ts'
import type { Model } from '../../core/contract/models.ts'

export interface ModelOption {
  /** `provider/model`, an alias or `auto`. */
  value: string
  label: string
  onDevice: boolean
  hint: string | null
}

export interface ModelGroup {
  label: string
  items: ModelOption[]
}

/** The provider of `homeport/search`, which quotes the person's notes and is no language model. */
const OWN_PROVIDER = 'homeport'

/** Whether anything but Homeport itself can answer. */
export function hasLanguageModel(models: readonly Model[]): boolean {
  return models.some(({ providerId }) => providerId !== OWN_PROVIDER)
}

/** Models by provider, as pickers show them: on-device first, then by name; what is no language model comes last. */
export function groupModels(models: readonly Model[]): ModelGroup[] {
  const groups = new Map<string, ModelGroup & { rank: number }>()
  for (const model of models) {
    const group = groups.get(model.providerId) ?? {
      label: model.providerName,
      items: [],
      rank: model.providerId === OWN_PROVIDER ? 2 : model.onDevice ? 0 : 1
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
    .sort((a, b) => a.rank - b.rank || a.label.localeCompare(b.label))
    .map(({ label, items }) => ({ label, items: items.sort((a, b) => a.label.localeCompare(b.label)) }))
}

/** All that a chat can ask: the names that stand for models first, while there is a model they could stand for. */
export function groupChoices(models: readonly Model[], aliases: readonly Alias[]): ModelGroup[] {
  const asked = models.filter(({ kind = 'chat' }) => kind === 'chat')
  if (!hasLanguageModel(asked)) return groupModels(asked)
  const onDevice = new Set(models.filter((model) => model.onDevice).map(({ id }) => id))
  const items = aliases
    .map(({ name, targets }) => ({
      value: name,
      label: name,
      onDevice: targets.every(({ model }) => onDevice.has(model)),
      hint: targets.length === 1 ? '1 model' : `${targets.length} models`
    }))
    .sort((a, b) => a.label.localeCompare(b.label))
  items.push({ value: AUTO, label: AUTO, onDevice: false, hint: 'by difficulty' })
  return [{ label: 'Aliases', items }, ...groupModels(asked)]
}

/** Whether this is something that can be asked. */
export function isOffered(groups: readonly ModelGroup[], address: string): boolean {
  return groups.some(({ items }) => items.some(({ value }) => value === address))
}

/** What to ask: the first of these that is offered, else the first model; those of this machine come first. Null without any. */
export function pickChoice(
  groups: readonly ModelGroup[],
  ...wanted: (string | null | undefined)[]
): string | null {
  const chosen = wanted.find((address) => address != null && isOffered(groups, address))
  const models = groups.flatMap(({ items }) => items).filter(({ value }) => value.includes('/'))
  return chosen ?? models[0]?.value ?? null
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

/** A context window in few letters: `400k`, `1M`. */
export function shortContext(tokens: number): string {
  if (tokens >= 1_000_000) return `${Math.round(tokens / 1_000_000)}M`
  // windows are round in one of two ways: 400,000 or 32,768
  return `${Math.round(tokens / (tokens % 1000 === 0 ? 1000 : 1024))}k`
}
