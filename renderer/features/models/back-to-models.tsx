import { ArrowLeft } from 'lucide-react'
import { formatRoute } from '../../client/route.ts'
import { placeId, type Tab } from './place.ts'

export function BackToModels({ to = 'overview' }: { to?: Tab }) {
  return (
    <a
      href={formatRoute({ screen: 'models', id: placeId({ show: to }) })}
      aria-label="Back to Models"
      title="Back to Models"
      className="-ml-1.5 grid size-[30px] shrink-0 cursor-default place-items-center rounded-md text-text-2 hover:bg-hover hover:text-text-1 [&>svg]:size-[18px]"
    >
      <ArrowLeft />
    </a>
  )
}
