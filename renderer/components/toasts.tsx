import { useEffect } from 'react'
import { create } from 'zustand'

interface Toast {
  id: number
  text: string
  /** Where it was said: it ends when another screen is shown. */
  place: string
}

const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }))
let lastId = 0

const SHOWN_MS = 4000

/**
 * Says something near the window's foot, above where messages are written, for four seconds or until another screen is shown. Failures of a click with no place
 * of their own go here. What leads to another screen goes there first.
 */
export function showToast(text: string): void {
  const toast: Toast = { id: ++lastId, text, place: location.hash }
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, toast].slice(-3) }))
  setTimeout(() => keep((other) => other !== toast), SHOWN_MS)
}

function keep(which: (toast: Toast) => boolean): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter(which) }))
}

function endThoseOfOtherScreens(): void {
  keep(({ place }) => place === location.hash)
}

export function Toasts() {
  const { toasts } = useToasts()
  useEffect(() => {
    window.addEventListener('hashchange', endThoseOfOtherScreens)
    return () => window.removeEventListener('hashchange', endThoseOfOtherScreens)
  }, [])
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-28 z-50 flex flex-col items-center gap-2"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className="float pointer-events-auto flex min-h-10 max-w-[32rem] items-center gap-3 rounded-md px-4 py-2 text-s"
        >
          {toast.text}
        </div>
      ))}
    </div>
  )
}
