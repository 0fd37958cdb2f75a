import { useEffect, useRef, useState } from 'react'
import type { Strategy } from '../../../core/contract/aliases.ts'
import { modelName } from '../../client/model-options.ts'
import type { TargetDraft } from './alias-draft.ts'
import { moveItem } from './reorder.ts'
import { TargetRow } from './target-row.tsx'
import { useReorder } from './use-reorder.ts'

interface TargetListProps {
  targets: TargetDraft[]
  strategy: Strategy
  /** By the target's key. */
  problems: Record<string, string>
  onChange: (targets: TargetDraft[]) => void
}

/** The models of an alias in their order, which can be changed by dragging and by the arrow keys. */
export function TargetList({ targets, strategy, problems, onChange }: TargetListProps) {
  const list = useRef<HTMLOListElement>(null)
  const [said, setSaid] = useState('')
  const refocus = useRef<string | null>(null)

  const { held, handle } = useReorder({
    list,
    count: targets.length,
    onMove: (from, to) => {
      const moved = targets[from]
      if (!moved) return
      refocus.current = moved.key
      setSaid(`${modelName(moved.model)} is number ${to + 1} of ${targets.length} now.`)
      onChange(moveItem(targets, from, to))
    }
  })
  // a row that is moved in the document loses the focus
  useEffect(() => {
    if (refocus.current === null) return
    list.current?.querySelector<HTMLElement>(`[data-handle="${refocus.current}"]`)?.focus()
    refocus.current = null
  })

  return (
    <>
      <ol ref={list} aria-label="Models, in order" className="divide-y divide-line border-y border-line">
        {targets.map((target, index) => (
          <TargetRow
            key={target.key}
            target={target}
            number={index + 1}
            strategy={strategy}
            problem={problems[target.key] ?? null}
            held={held === index}
            handle={handle(index)}
            onChange={(next) => onChange(targets.map((old) => (old.key === next.key ? next : old)))}
            onRemove={() => {
              setSaid(`${modelName(target.model)} is taken out.`)
              onChange(targets.filter(({ key }) => key !== target.key))
            }}
          />
        ))}
      </ol>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </>
  )
}
