import type { CostQuery } from '../contract/costs.ts'
import type { GroupSums } from './cost-repository.ts'

/** What sums can be asked by that every group of calls has. */
export type GroupDimension = Exclude<CostQuery['by'], 'day' | 'session'>

/** How ids are called now; null for what exists no more. */
export interface CostNames {
  provider(id: string): string | null
  appKey(id: string): string | null
}

/** A group's key in a dimension; null where it has none. */
export function keyOf(group: GroupSums, by: GroupDimension): string | null {
  switch (by) {
    case 'model':
      return group.providerId === '' ? null : `${group.providerId}/${group.providerModel}`
    case 'provider':
      return group.providerId || null
    case 'app':
      return group.callerId
    case 'feature':
      return group.feature || null
    case 'project':
      return group.project || null
    case 'status':
      return group.status
    case 'dialect':
      return group.dialect
  }
}

const withoutKey: Partial<Record<CostQuery['by'], string>> = {
  model: 'No model reached',
  provider: 'No provider reached',
  feature: 'No feature named',
  project: 'No project named',
  session: 'No session named'
}
export const labelWithoutKey = (by: CostQuery['by']): string => withoutKey[by] ?? 'Other'

/** What a person reads for a group's key. */
export function labelOf(group: GroupSums, by: GroupDimension, names: CostNames): string {
  const key = keyOf(group, by)
  if (key === null) return labelWithoutKey(by)
  if (by === 'provider') return names.provider(key) ?? key
  if (by === 'app') return names.appKey(key) ?? (group.callerName || key)
  return key
}
