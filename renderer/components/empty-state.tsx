import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: ReactNode
  title: string
  children: ReactNode
  /** The one next step. */
  action?: ReactNode
}

/** What a screen says while it has nothing: what will be here, and the one next step. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid flex-1 place-items-center p-8">
      <div className="flex max-w-[26rem] flex-col items-center text-center">
        <div className="mb-4 grid size-11 place-items-center rounded-lg bg-sunk text-text-2 [&>svg]:size-[22px]">
          {icon}
        </div>
        <h2 className="text-l font-semibold">{title}</h2>
        <div className="mt-1 text-balance text-text-2">{children}</div>
        {action && <div className="mt-5 flex gap-2">{action}</div>}
      </div>
    </div>
  )
}
