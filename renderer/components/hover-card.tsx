import { PreviewCard } from '@base-ui/react/preview-card'
import type { ReactElement, ReactNode } from 'react'

interface HoverCardProps {
  /** What it belongs to; must be reachable by keyboard. */
  trigger: ReactElement
  /** What screen readers call it. */
  label: string
  children: ReactNode
}

/** More about something, while the pointer or the focus is on it. Everything in it can be had otherwise, too. */
export function HoverCard({ trigger, label, children }: HoverCardProps) {
  return (
    <PreviewCard.Root>
      <PreviewCard.Trigger delay={200} closeDelay={150} render={trigger} />
      <PreviewCard.Portal>
        <PreviewCard.Positioner sideOffset={6} collisionPadding={12} className="z-50">
          <PreviewCard.Popup
            aria-label={label}
            className="float max-h-[min(22rem,var(--available-height))] w-96 max-w-(--available-width) overflow-y-auto rounded-lg p-4 text-s"
          >
            {children}
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  )
}
