import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover font-medium',
  plain: 'border border-line-strong bg-surface-2 hover:bg-hover',
  quiet: 'text-text-2 hover:bg-hover hover:text-text-1',
  danger: 'border border-line-strong text-bad-text hover:bg-bad-soft'
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks
  icon?: ReactNode
}

export function Button({ look = 'plain', icon, className, children, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={classNames(
        'inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-md px-3 text-s whitespace-nowrap transition-colors duration-100 disabled:opacity-50 [&_svg]:size-4',
        looks[look],
        className
      )}
      {...props}
    >
      {icon}
      {children}
    </button>
  )
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** Read to screen readers and shown on hover. */
  label: string
  /** Keys that do the same, shown with the label. */
  keys?: string
  small?: boolean
}

export function IconButton({ label, keys, small = false, className, children, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      className={classNames(
        'grid shrink-0 place-items-center rounded-md text-text-2 transition-colors duration-100 hover:bg-hover hover:text-text-1 disabled:opacity-40 disabled:hover:bg-transparent aria-expanded:bg-press',
        small ? 'size-6 [&_svg]:size-[15px]' : 'size-[30px] [&_svg]:size-[18px]',
        className
      )}
      {...props}
    >
      {children}
    </button>
  )
}
