import type { ModelFit } from '../../../../core/contract/local-models.ts'
import { StatusDot } from '../../../components/status-dot.tsx'
import { Tooltip } from '../../../components/tooltip.tsx'
import { describeFit, explainFit } from './fit-words.ts'

/** How it fits this machine in a few words; on hover and focus, why, and the memory to expect. */
export function FitBadge({ fit }: { fit: ModelFit }) {
  const { tone, label } = describeFit(fit)
  return (
    <Tooltip text={explainFit(fit)}>
      <span className="inline-flex items-center gap-2 whitespace-nowrap text-text-2">
        <StatusDot tone={tone} />
        {label}
      </span>
    </Tooltip>
  )
}
