import { useRef, useState } from 'react'
import { attempt } from '../../../client/app-request-error.ts'
import { getRoute, navigate } from '../../../client/route.ts'
import { Checkbox } from '../../../components/checkbox.tsx'
import { ConfirmDialog } from '../../../components/dialog.tsx'
import { formatCount } from '../../../components/format/tokens.ts'
import { usedFilters } from '../filters/filters.ts'
import { type Erasable, eraseCalls, useErasing } from './erase-calls.ts'
import { endSelecting } from './selection.ts'

/** Asks before calls are erased, and says how far it is. Closing it ends what is not done yet. */
export function EraseDialog() {
  const { asked } = useErasing()
  const [erased, setErased] = useState<number | null>(null)
  const [keepNumbers, setKeepNumbers] = useState(false)
  const running = useRef<AbortController | null>(null)
  const close = (): void => {
    running.current?.abort()
    useErasing.setState({ asked: null })
    setErased(null)
    setKeepNumbers(false)
  }
  const erase = (what: Erasable): Promise<string | null> => {
    const job = new AbortController()
    running.current = job
    let count = 0
    setErased(count)
    return attempt(async () => {
      await eraseCalls(what, {
        keepNumbers,
        signal: job.signal,
        onErased(ids) {
          count += ids.length
          if (!job.signal.aborted) setErased(count)
          if (!keepNumbers) closeErased(ids)
        }
      })
      endSelecting()
    })
  }
  const total = asked === null ? 0 : totalOf(asked)
  return (
    <ConfirmDialog
      open={asked !== null}
      onClose={close}
      title={titleOf(asked)}
      confirm="Erase"
      onConfirm={async () => asked && erase(asked)}
    >
      {erased === null ? (
        <>
          <span className="block">
            What was asked and answered is deleted for good, here and in exports to come. What it cost stays
            booked.
          </span>
          <Checkbox
            label="Keep the call with its numbers: only what was written goes"
            checked={keepNumbers}
            onChange={setKeepNumbers}
          />
        </>
      ) : (
        `Erasing: ${formatCount(erased)} of ${formatCount(Math.max(total, erased))}`
      )}
    </ConfirmDialog>
  )
}

function titleOf(asked: Erasable | null): string {
  if (asked === null) return ''
  const total = totalOf(asked)
  if ('ids' in asked) return total === 1 ? 'Erase this call' : `Erase ${formatCount(total)} calls`
  const narrowed = usedFilters(asked.filters).length > 0
  if (total === 1) return narrowed ? 'Erase the call that matches' : 'Erase the only call'
  return `Erase all ${formatCount(total)} calls${narrowed ? ' that match' : ''}`
}

const totalOf = (asked: Erasable): number => ('ids' in asked ? asked.ids.length : asked.total)

/** What is open and was erased is there no longer. */
function closeErased(ids: readonly string[]): void {
  const { screen, id, query } = getRoute()
  if (screen === 'activity' && id !== null && ids.includes(id)) navigate('activity', null, query)
}
