import { ThumbsDown, ThumbsUp, X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import type { Trace } from '../../../../core/contract/traces.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { formatRoute } from '../../../client/route.ts'
import { IconButton } from '../../../components/button.tsx'
import { TextInput } from '../../../components/field.tsx'
import { withTags } from './tags-draft.ts'

/** What a person says of a call. */
export type Judged = Pick<Trace, 'labels' | 'score' | 'comment'>

interface JudgementProps {
  trace: Trace
  onJudged: (judged: Judged) => void
}

/** What the person thinks of the answer: good or poor, tags to find it by, and a comment. Kept as soon as it is said. */
export function Judgement({ trace, onJudged }: JudgementProps) {
  const [problem, setProblem] = useState<string | null>(null)
  const save = async (changes: {
    tags?: string[]
    score?: number | null
    comment?: string | null
  }): Promise<boolean> => {
    setProblem(null)
    try {
      const params = { id: trace.id }
      const { labels, score, comment } = await daemon.invoke('PATCH /app/traces/:id', {
        params,
        body: changes
      })
      onJudged({
        ...(labels && { labels }),
        ...(score !== undefined && { score }),
        ...(comment !== undefined && { comment })
      })
      return true
    } catch (thrown) {
      setProblem(errorText(thrown))
      return false
    }
  }
  const tags = trace.labels?.tags ?? []
  return (
    <section aria-label="Your judgement" className="mt-6 border-t border-line pt-4">
      <div className="flex flex-wrap items-center gap-2">
        <Verdict
          label="Good answer"
          given={(trace.score ?? 0) > 0}
          onGive={(given) => void save({ score: given ? 1 : null })}
        >
          <ThumbsUp />
        </Verdict>
        <Verdict
          label="Poor answer"
          given={(trace.score ?? 0) < 0}
          onGive={(given) => void save({ score: given ? -1 : null })}
        >
          <ThumbsDown />
        </Verdict>
        <ul aria-label="Tags" className="contents">
          {tags.map((tag) => (
            <li key={tag} className="inline-flex h-7 items-center rounded-full bg-sunk pr-0.5 pl-2.5 text-xs">
              <a
                href={formatRoute({ screen: 'activity', id: null, query: { tag } })}
                className="hover:underline"
              >
                {tag}
              </a>
              <IconButton
                small
                label={`Remove the tag ${tag}`}
                onClick={() => void save({ tags: tags.filter((other) => other !== tag) })}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
        <NewTag
          onAdd={async (text) => {
            const added = withTags(tags, text)
            if ('tags' in added) return save({ tags: added.tags })
            setProblem(added.problem)
            return false
          }}
        />
      </div>
      <Comment
        saved={trace.comment ?? ''}
        onSave={(comment) => save({ comment: comment === '' ? null : comment })}
      />
      {problem && (
        <p role="alert" className="pt-1 text-xs text-bad-text">
          {problem}
        </p>
      )}
    </section>
  )
}

interface VerdictProps {
  label: string
  given: boolean
  onGive: (given: boolean) => void
  children: ReactNode
}

function Verdict({ label, given, onGive, children }: VerdictProps) {
  return (
    <IconButton
      label={label}
      aria-pressed={given}
      className="border border-line aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
      onClick={() => onGive(!given)}
    >
      {children}
    </IconButton>
  )
}

/** `onAdd` resolves with false where the text should stay to be changed. */
function NewTag({ onAdd }: { onAdd: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState('')
  return (
    <TextInput
      aria-label="Add a tag"
      placeholder="Add a tag"
      value={text}
      className="h-7 w-32 text-xs"
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || text.trim() === '') return
        void onAdd(text).then((added) => added && setText(''))
      }}
    />
  )
}

/** Kept when the person leaves it. */
function Comment({ saved, onSave }: { saved: string; onSave: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState(saved)
  const [justSaved, setJustSaved] = useState(false)
  const id = useId()
  return (
    <div className="mt-3">
      <label htmlFor={id} className="text-xs text-text-3">
        Comment
      </label>
      <textarea
        id={id}
        rows={1}
        maxLength={10_000}
        value={text}
        className="control mt-1 block h-auto min-h-8 resize-none py-1.5 [field-sizing:content]"
        onChange={(event) => {
          setText(event.target.value)
          setJustSaved(false)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.blur()
        }}
        onBlur={() => {
          if (text !== saved) void onSave(text).then(setJustSaved)
        }}
      />
      <p role="status" className="h-4 pt-0.5 text-xs text-text-3">
        {justSaved && 'Saved'}
      </p>
    </div>
  )
}
