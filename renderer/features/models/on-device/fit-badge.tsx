import { Ban, CircleQuestionMark, Cpu, Gpu } from 'lucide-react'
import type { ModelFit } from '../../../../core/contract/local-models.ts'
import { Tooltip } from '../../../components/tooltip.tsx'
import { describeFit, explainFit } from './fit-words.ts'

const icons: Record<ModelFit['verdict'], React.ReactNode> = {
  gpu: <Gpu className="text-ok-text" />,
  partly: <Gpu className="text-warn-text" />,
  cpu: <Cpu />,
  no: <Ban className="text-bad-text" />,
  unknown: <CircleQuestionMark />
}

/** How it fits this machine in a few words; on hover and focus, why, and the memory to expect. */
export function FitBadge({ fit }: { fit: ModelFit }) {
  return (
    <Tooltip text={explainFit(fit)}>
      <span className="inline-flex items-center gap-2 whitespace-nowrap text-text-2 [&>svg]:size-4 [&>svg]:shrink-0">
        {icons[fit.verdict]}
        {describeFit(fit)}
      </span>
    </Tooltip>
  )
}
