import { Activity, Box, Cable, CircleDollarSign, Library, MessageSquare, Settings } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { formatRoute, type Screen } from '../client/route.ts'
import { classNames } from '../components/class-names.ts'
import { Logo } from '../components/logo.tsx'
import { shortcutText } from '../components/platform.ts'
import { NoticeBell } from './notice-bell.tsx'

export const destinations: readonly { screen: Screen; label: string; icon: ReactNode }[] = [
  { screen: 'chat', label: 'Chat', icon: <MessageSquare /> },
  { screen: 'knowledge', label: 'Knowledge', icon: <Library /> },
  { screen: 'activity', label: 'Activity', icon: <Activity /> },
  { screen: 'costs', label: 'Costs', icon: <CircleDollarSign /> },
  { screen: 'models', label: 'Models', icon: <Box /> },
  { screen: 'connect', label: 'Connect', icon: <Cable /> },
  { screen: 'settings', label: 'Settings', icon: <Settings /> }
]

export function Rail({ current }: { current: Screen }) {
  return (
    <nav
      aria-label="Screens"
      className="flex w-14 shrink-0 flex-col items-center gap-1 border-r border-line bg-surface-1 py-3"
    >
      <Logo className="mb-3.5 size-[30px]" />
      {destinations.map(({ screen, label, icon }, index) => (
        <Fragment key={screen}>
          {screen === 'settings' && <NoticeBell />}
          <a
            href={formatRoute({ screen, id: null })}
            aria-label={label}
            aria-current={screen === current ? 'page' : undefined}
            title={`${label} (${shortcutText(String(index + 1))})`}
            className={classNames(
              'grid size-[38px] cursor-default place-items-center rounded-md transition-colors duration-100 [&_svg]:size-5 [&_svg]:stroke-[1.6]',
              screen === current
                ? 'bg-accent-soft text-accent-text'
                : 'text-text-2 hover:bg-hover hover:text-text-1'
            )}
          >
            {icon}
          </a>
        </Fragment>
      ))}
    </nav>
  )
}
