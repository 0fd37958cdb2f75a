import { useMemo, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { classNames } from '../../../components/class-names.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { type DiffLine, diffLines, foldEqual } from './line-diff.ts'

/** More lines than these are drawn when the person asks for them. */
const SHOWN_LINES = 1000

const looks = {
  same: { sign: ' ', words: '', className: '' },
  removed: { sign: '−', words: 'only here: ', className: 'bg-bad-soft' },
  added: { sign: '+', words: 'only there: ', className: 'bg-accent-soft' }
}

interface DiffViewProps {
  label: string
  left: string
  right: string
}

/** Two texts laid over each other, line by line; long runs of equal lines are folded up. */
export function DiffView({ label, left, right }: DiffViewProps) {
  const lines = useMemo(() => foldEqual(diffLines(left, right)), [left, right])
  const [limit, setLimit] = useState(SHOWN_LINES)
  if (left === right) return <p className="py-2 text-s text-text-3">They are the same.</p>
  return (
    <section
      aria-label={label}
      className="max-h-[60vh] overflow-auto rounded-md bg-sunk py-2 font-mono text-xs"
    >
      {lines
        .slice(0, limit)
        .map((line) =>
          line.kind === 'gap' ? (
            <Gap key={keyOf(line.lines[0])} lines={line.lines} />
          ) : (
            <Line key={keyOf(line)} line={line} />
          )
        )}
      {lines.length > limit && (
        <Button look="quiet" className="text-xs" onClick={() => setLimit(lines.length)}>
          Show {formatCount(lines.length - limit)} more lines
        </Button>
      )}
    </section>
  )
}

/** Equal lines, shown when the person wants them. */
function Gap({ lines }: { lines: readonly DiffLine[] }) {
  const [open, setOpen] = useState(false)
  if (open) return lines.map((line) => <Line key={keyOf(line)} line={line} />)
  return (
    <Button
      look="quiet"
      className="h-7 w-full justify-start rounded-none text-xs"
      onClick={() => setOpen(true)}
    >
      {formatCount(lines.length)} equal lines
    </Button>
  )
}

/** Of each text, a line stands in a comparison once. */
const keyOf = (line: DiffLine | undefined): string =>
  line === undefined ? '' : `${line.kind} ${'left' in line ? line.left : line.right}`

function Line({ line }: { line: DiffLine }) {
  const { sign, words, className } = looks[line.kind]
  return (
    <div className={classNames('grid grid-cols-[36px_36px_20px_1fr] px-2 leading-5', className)}>
      <span aria-hidden className="pr-2 text-right text-text-3 select-none">
        {'left' in line && line.left}
      </span>
      <span aria-hidden className="pr-2 text-right text-text-3 select-none">
        {'right' in line && line.right}
      </span>
      <span aria-hidden className="text-center text-text-2 select-none">
        {sign}
      </span>
      <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        {words && <span className="sr-only">{words}</span>}
        {line.text}
      </span>
    </div>
  )
}
