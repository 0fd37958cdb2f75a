import { ChevronLeft, ChevronRight } from 'lucide-react'
import { IconButton } from '../../components/button.tsx'

interface BranchSwitchProps {
  /** Ids of all branches here, oldest first. */
  branches: readonly string[]
  id: string
  onSwitch: (id: string) => void
}

/** `‹ 2 / 2 ›`: goes between answers to one question, or versions of one question. */
export function BranchSwitch({ branches, id, onSwitch }: BranchSwitchProps) {
  if (branches.length < 2) return null
  const index = branches.indexOf(id)
  const step = (by: number) => {
    const target = branches[index + by]
    return { disabled: target === undefined, onClick: () => target !== undefined && onSwitch(target) }
  }
  return (
    <span className="inline-flex items-center text-text-2">
      <IconButton small label="Previous version" {...step(-1)}>
        <ChevronLeft />
      </IconButton>
      <span className="px-0.5">
        {index + 1} / {branches.length}
      </span>
      <IconButton small label="Next version" {...step(1)}>
        <ChevronRight />
      </IconButton>
    </span>
  )
}
