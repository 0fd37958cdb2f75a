import { create } from 'zustand'
import { Button } from './button.tsx'

interface Toast {
  id: number
  text: string
  action: { label: string; run: () => void } | null
}

const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }))
let lastId = 0

/** Says something for a few seconds at the window's foot. Failures of a click with no place of their own go here. */
export function showToast(text: string, action: Toast['action'] = null): void {
  const id = ++lastId
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { id, text, action }].slice(-3) }))
  setTimeout(() => dismiss(id), action ? 8000 : 5000)
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}

export function Toasts() {
  const { toasts } = useToasts()
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-5 z-50 flex flex-col items-center gap-2"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className="float pointer-events-auto flex min-h-10 max-w-[32rem] items-center gap-3 rounded-md py-1 pr-1.5 pl-4 text-s"
        >
          <span className="py-1 pr-2.5">{toast.text}</span>
          {toast.action && (
            <Button
              look="quiet"
              className="text-accent-text"
              onClick={() => {
                toast.action?.run()
                dismiss(toast.id)
              }}
            >
              {toast.action.label}
            </Button>
          )}
        </div>
      ))}
    </div>
  )
}
