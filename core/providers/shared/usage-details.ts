import type { Usage } from '../../contract/usage.ts'

type Tier = NonNullable<Usage['tier']>

/** What vendors call the tiers; Groq's on-demand and Vertex AI's too. */
const tiers: Readonly<Record<string, Tier>> = {
  default: 'standard',
  standard: 'standard',
  on_demand: 'standard',
  ON_DEMAND: 'standard',
  batch: 'batch',
  flex: 'flex',
  ON_DEMAND_FLEX: 'flex',
  priority: 'priority',
  ON_DEMAND_PRIORITY: 'priority'
}

/** The tier that an answer says it was served in, as a member of its usage; none for what nobody knows. */
export function servedTier(value: unknown): Pick<Usage, 'tier'> {
  const tier = typeof value === 'string' ? tiers[value] : undefined
  return tier === undefined ? {} : { tier }
}

/** The counts above zero: usage has no fields for what a call did not use. */
export function counted<K extends string>(
  counts: Readonly<Partial<Record<K, number | null>>>
): Partial<Record<K, number>> {
  const used: Partial<Record<K, number>> = {}
  for (const name in counts) {
    const count = counts[name]
    if (count && count > 0) used[name] = count
  }
  return used
}

type Units = NonNullable<Usage['units']>
type CountedUnit = Exclude<keyof Units, 'searchContext'>

/**
 * What is charged by the piece, as a member of usage; none where there is no such thing. `context`: how much text a request
 * searched in, as the vendor says.
 */
export function countedUnits(
  counts: Readonly<Partial<Record<CountedUnit, number | null>>>,
  context?: unknown
): Pick<Usage, 'units'> {
  const isContext = context === 'low' || context === 'medium' || context === 'high'
  const units: Units = { ...counted(counts), ...(isContext && { searchContext: context }) }
  return Object.keys(units).length === 0 ? {} : { units }
}
