import { useEffect, useState } from 'react'
import { Logo } from '../components/logo.tsx'

/** While the daemon starts: nothing at first, since it usually takes less than a blink. */
export function StartingPage() {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 600)
    return () => clearTimeout(timer)
  }, [])
  if (!shown) return null
  return (
    <main role="status" className="grid h-full place-items-center">
      <div className="flex flex-col items-center gap-3 text-text-3">
        <Logo className="pulse size-10" />
        Starting Homeport
      </div>
    </main>
  )
}
