import { useMemo, useState } from 'react'
import type { Trace } from '../../../../core/contract/traces.ts'
import { formatRoute } from '../../../client/route.ts'
import { Segmented } from '../../../components/segmented.tsx'
import { readAnswer } from '../texts/answer-parts.ts'
import { MessageParts } from '../texts/message-parts.tsx'
import { prettyJson } from '../texts/pretty-json.ts'
import { promptText, readPrompt } from '../texts/prompt-messages.ts'
import { partText, type ReadPart } from '../texts/prompt-parts.ts'
import { Well } from '../texts/text-well.tsx'
import { comparedFigures } from './compared-figures.ts'
import { DiffView } from './diff-view.tsx'

const views = [
  { value: 'side-by-side', label: 'Side by side' },
  { value: 'answer', label: 'Changes in the answer' },
  { value: 'prompt', label: 'Changes in the prompt' }
] as const

/** Two calls beside each other: their figures, their answers, and what differs in the texts. */
export function Comparison({ left, right }: { left: Trace; right: Trace }) {
  const [view, setView] = useState<(typeof views)[number]['value']>('side-by-side')
  const [answer, otherAnswer] = useMemo(
    () => [left, right].map(({ responseBody }) => readAnswer(responseBody ?? '')),
    [left, right]
  )
  return (
    <div className="mt-4 flex flex-col gap-4">
      <Figures left={left} right={right} />
      <Segmented label="How to compare" value={view} options={views} onChange={setView} />
      {view === 'side-by-side' && (
        <div className="grid grid-cols-2 gap-4 max-[1000px]:grid-cols-1">
          <Answer label="Answer of this call" parts={answer ?? []} />
          <Answer label="Answer of the other call" parts={otherAnswer ?? []} />
        </div>
      )}
      {view === 'answer' && (
        <DiffView label="Changes in the answer" left={textOf(answer)} right={textOf(otherAnswer)} />
      )}
      {view === 'prompt' && (
        <DiffView label="Changes in the prompt" left={promptOf(left)} right={promptOf(right)} />
      )}
    </div>
  )
}

function Figures({ left, right }: { left: Trace; right: Trace }) {
  return (
    <table aria-label="The two calls" className="w-full max-w-[640px] text-s">
      <thead>
        <tr className="text-left text-xs text-text-3">
          <td />
          <th scope="col" className="py-1 font-medium">
            This call
          </th>
          <th scope="col" className="py-1 font-medium">
            <a
              href={formatRoute({ screen: 'activity', id: right.id })}
              className="text-accent-text hover:underline"
            >
              The other call
            </a>
          </th>
        </tr>
      </thead>
      <tbody>
        {comparedFigures(left, right).map((figure) => (
          <tr key={figure.label} className="border-t border-line">
            <th scope="row" className="py-1 pr-4 text-left font-normal text-text-3">
              {figure.label}
            </th>
            <td className="pr-4">{figure.left}</td>
            <td>{figure.right}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Answer({ label, parts }: { label: string; parts: readonly ReadPart[] }) {
  if (parts.length === 0) {
    return (
      <section aria-label={label} className="py-2 text-s text-text-3">
        No answer was recorded.
      </section>
    )
  }
  return (
    <Well label={label} text={textOf(parts)}>
      <MessageParts parts={parts} markdown />
    </Well>
  )
}

const textOf = (parts: readonly ReadPart[] | undefined): string => (parts ?? []).map(partText).join('\n')

function promptOf({ requestBody }: Trace): string {
  const prompt = requestBody === null ? null : readPrompt(requestBody)
  return prompt ? promptText(prompt) : prettyJson(requestBody ?? '')
}
