import { X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useConnection } from '../client/daemon.ts'
import { useResource } from '../client/resource.ts'
import { info } from '../client/resources.ts'
import { IconButton } from '../components/button.tsx'

/** What concerns the whole window, above everything else in it. */
export function Banners() {
  return (
    <>
      <LostBanner />
      <NoticeBanner />
    </>
  )
}

/** Says that the daemon is gone, after a moment: a short break is nobody's business. */
function LostBanner() {
  const lost = useConnection().state === 'lost'
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!lost) return setShown(false)
    const timer = setTimeout(() => setShown(true), 800)
    return () => clearTimeout(timer)
  }, [lost])
  return shown ? <Banner>Homeport's daemon is not answering. Trying again…</Banner> : null
}

/** What went wrong at the daemon's start, once. About keeps it. */
function NoticeBanner() {
  const notices = useResource(info).data?.notices ?? []
  const [dismissed, setDismissed] = useState(0)
  const notice = notices[dismissed]
  if (notice === undefined) return null
  return (
    <Banner>
      {notice}
      <IconButton small label="Dismiss" className="ml-2" onClick={() => setDismissed(dismissed + 1)}>
        <X />
      </IconButton>
    </Banner>
  )
}

function Banner({ children }: { children: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex min-h-9 shrink-0 items-center justify-center bg-warn-soft px-4 py-1 text-s"
    >
      {children}
    </div>
  )
}
