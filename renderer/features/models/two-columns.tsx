import type { ReactNode } from 'react'

interface TwoColumnsProps {
  /** Beside the content, below it in a narrow window. */
  aside?: ReactNode
  children: ReactNode
}

export function TwoColumns({ aside, children }: TwoColumnsProps) {
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[1120px] gap-8 px-8 pt-7 pb-16 max-[1040px]:flex-col max-[860px]:px-5">
        <div className="flex min-w-0 flex-1 flex-col gap-9">{children}</div>
        {aside && <aside className="w-[340px] shrink-0 max-[1040px]:w-full">{aside}</aside>}
      </div>
    </div>
  )
}
