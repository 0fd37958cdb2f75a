import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'

interface TooltipProps {
  /** One or two sentences, shown on hover and on focus, and read to screen readers. */
  text: string
  children: ReactNode
}

/** Words behind something short. What it shows can be reached by keyboard, too. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger
        delay={250}
        type="button"
        className="inline-flex cursor-default items-center rounded-sm text-left align-middle"
      >
        {children}
        <span className="sr-only">. {text}</span>
      </BaseTooltip.Trigger>
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="float max-w-72 rounded-md px-3 py-2 text-s text-text-2">
            {text}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  )
}
