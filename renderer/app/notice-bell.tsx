import { Bell } from 'lucide-react'
import { useEffect } from 'react'
import { daemon } from '../client/daemon.ts'
import { useResource } from '../client/resource.ts'
import { notices } from '../client/resources.ts'
import { formatRoute } from '../client/route.ts'
import { showToast } from '../components/toasts.tsx'

/** Leads to what alerts told, and says how much of it nobody has read. What is told now shows at the window's foot. */
export function NoticeBell() {
  const unread = useResource(notices).data?.unread ?? 0
  useEffect(
    () =>
      daemon.subscribe(({ event }) => {
        if (event.type === 'notice-given') showToast(event.notice.title)
      }),
    []
  )
  const label = unread === 0 ? 'Alerts' : unread === 1 ? 'Alerts, 1 unread' : `Alerts, ${unread} unread`
  return (
    <a
      href={formatRoute({ screen: 'costs', id: 'alerts' })}
      aria-label={label}
      title={label}
      className="relative mt-auto grid size-[38px] cursor-default place-items-center rounded-md text-text-2 transition-colors duration-100 hover:bg-hover hover:text-text-1 [&_svg]:size-5 [&_svg]:stroke-[1.6]"
    >
      <Bell />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute top-0.5 right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-on-accent"
        >
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </a>
  )
}
