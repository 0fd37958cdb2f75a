import { ChevronRight } from 'lucide-react'
import { memo } from 'react'

/** What the model thought before it answered: closed unless somebody is curious. */
export const Reasoning = memo(function Reasoning({ text, live }: { text: string; live: boolean }) {
  return (
    <details className="group mb-3 text-s">
      <summary className="inline-flex list-none items-center gap-1.5 rounded-sm pr-1.5 text-text-3 hover:text-text-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden />
        <span className={live ? 'pulse' : undefined}>{live ? 'Thinking' : 'Thought before answering'}</span>
      </summary>
      <div className="mt-2 max-h-80 overflow-y-auto border-l-2 border-line pl-3.5 whitespace-pre-wrap text-text-2 [overflow-wrap:anywhere]">
        {text}
      </div>
    </details>
  )
})
