import { ArrowLeft } from 'lucide-react'
import { formatRoute } from '../../client/route.ts'

export function BackToModels() {
  return (
    <a
      href={formatRoute({ screen: 'models', id: null })}
      aria-label="Back to Models"
      title="Back to Models"
      className="-ml-1.5 grid size-[30px] shrink-0 cursor-default place-items-center rounded-md text-text-2 hover:bg-hover hover:text-text-1 [&>svg]:size-[18px]"
    >
      <ArrowLeft />
    </a>
  )
}
