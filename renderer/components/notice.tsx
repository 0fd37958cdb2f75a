import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const tones = {
  bad: { box: 'bg-bad-soft', icon: <CircleAlert className="text-bad-text" /> },
  warn: { box: 'bg-warn-soft', icon: <TriangleAlert className="text-warn-text" /> },
  info: { box: 'bg-sunk', icon: <Info className="text-text-2" /> }
}

interface NoticeProps {
  tone?: keyof typeof tones
  /** What the person can do about it. */
  action?: ReactNode
  children: ReactNode
}

/** Something to know or to do, in place. Problems are announced to screen readers. */
export function Notice({ tone = 'info', action, children }: NoticeProps) {
  const { box, icon } = tones[tone]
  return (
    <div
      role={tone === 'info' ? 'note' : 'alert'}
      className={classNames(
        'flex min-h-10 items-center gap-2.5 rounded-md py-1 pr-1 pl-3 text-s [&>svg]:size-4 [&>svg]:shrink-0',
        box
      )}
    >
      {icon}
      <div className="min-w-0 flex-1 py-1 pr-2 [overflow-wrap:anywhere]">{children}</div>
      {action}
    </div>
  )
}
