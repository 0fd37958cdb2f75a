import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { shortContext } from '../../../client/model-options.ts'
import { formatBytes } from '../../../components/format/tokens.ts'
import type { SelectOption } from '../../../components/select.tsx'

export const AUTO = 'auto'

/** Context sizes to choose from, each with the memory it would take; the first leaves it to Homeport. */
export function contextChoices(
  { settings, fit, contextTokens: trained }: LocalModel,
  budgetBytes: number | null
): SelectOption<string>[] {
  const sizes = fit.perContext.filter((at) => trained === null || at.contextTokens <= trained)
  const own = settings.contextTokens
  const all =
    own === null || sizes.some((at) => at.contextTokens === own)
      ? sizes
      : [...sizes, { contextTokens: own, memoryBytes: null }]
  return [
    { value: AUTO, label: autoLabel(settings.contextTokens === null ? fit.contextTokens : null) },
    ...all
      .toSorted((a, b) => a.contextTokens - b.contextTokens)
      .map(({ contextTokens, memoryBytes }) => ({
        value: String(contextTokens),
        label: `${shortContext(contextTokens)} tokens`,
        ...(memoryBytes === null ? {} : { hint: memoryHint(memoryBytes, budgetBytes) })
      }))
  ]
}

function autoLabel(chosen: number | null): string {
  return chosen === null
    ? 'Chosen for this machine'
    : `Chosen for this machine: ${shortContext(chosen)} tokens`
}

function memoryHint(memoryBytes: number, budgetBytes: number | null): string {
  const words = `about ${formatBytes(memoryBytes)} in all`
  return budgetBytes !== null && memoryBytes > budgetBytes
    ? `${words}, more than models may take here`
    : words
}
