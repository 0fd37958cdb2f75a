import { Menu as BaseMenu } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement
  align?: 'start' | 'end'
  children: ReactNode
}

export function Menu({ trigger, align = 'end', children }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} sideOffset={4} className="z-50">
          <BaseMenu.Popup className="float min-w-44 rounded-md p-1 outline-none">{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

interface MenuItemProps {
  icon: ReactNode
  onSelect: () => void
  danger?: boolean
  children: ReactNode
}

export function MenuItem({ icon, onSelect, danger = false, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      onClick={onSelect}
      className={classNames(
        'flex h-8 items-center gap-2.5 rounded-sm px-2 text-s outline-none select-none data-highlighted:bg-press [&_svg]:size-4',
        danger ? 'text-bad-text' : 'text-text-1 [&_svg]:text-text-2'
      )}
    >
      {icon}
      {children}
    </BaseMenu.Item>
  )
}
