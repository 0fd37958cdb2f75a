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
        'flex items-start gap-2.5 rounded-md px-3 py-2.5 text-s [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0',
        box
      )}
    >
      {icon}
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</div>
      {action}
    </div>
  )
}
