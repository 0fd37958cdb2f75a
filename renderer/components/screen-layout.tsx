import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface ListPaneProps {
  title: string
  /** At the right of the title. */
  action?: ReactNode
  footer: ReactNode
  wide?: boolean
  children: ReactNode
}

/** The pane of a screen that has items. */
export function ListPane({ title, action, footer, wide = false, children }: ListPaneProps) {
  return (
    <aside
      aria-label={title}
      className={classNames(
        'flex shrink-0 flex-col border-r border-line bg-surface-1 max-[860px]:w-56',
        wide ? 'w-80 max-[1000px]:w-64' : 'w-66'
      )}
    >
      <header className="flex h-(--bar) shrink-0 items-center justify-between pr-2 pl-4">
        <h1 className="font-semibold">{title}</h1>
        {action}
      </header>
      {children}
      {footer}
    </aside>
  )
}

/** The bar over a screen's content. */
export function Bar({ children }: { children: ReactNode }) {
  return (
    <header className="flex h-(--bar) shrink-0 items-center gap-2.5 border-b border-line px-4">
      {children}
    </header>
  )
}

/** The content beside the rail and the list. */
export function Content({ label, children }: { label: string; children: ReactNode }) {
  return (
    <main aria-label={label} className="flex min-w-0 flex-1 flex-col">
      {children}
    </main>
  )
}

/** A scrolling page of sections, for screens made of forms; `wide` for tables of many columns. */
export function Page({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    // words for screen readers only are placed absolutely: without `relative` they would stretch the document
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div
        className={classNames(
          'mx-auto flex flex-col gap-9 px-8 pt-7 pb-16 max-[860px]:px-5',
          wide ? 'max-w-[960px]' : 'max-w-[760px]'
        )}
      >
        {children}
      </div>
    </div>
  )
}

interface SectionProps {
  title: string
  /** One sentence on what this is for. */
  lead?: ReactNode
  action?: ReactNode
  children: ReactNode
}

export function Section({ title, lead, action, children }: SectionProps) {
  return (
    <section aria-label={title}>
      <div className="flex items-end gap-4 pb-3">
        <div className="flex-1">
          <h2 className="font-semibold">{title}</h2>
          {lead && <p className="mt-0.5 max-w-[60ch] text-s text-text-2">{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}

/** Rows under each other with hairlines between. */
export function Rows({ children }: { children: ReactNode }) {
  return <div className="divide-y divide-line border-y border-line">{children}</div>
}

interface SettingRowProps {
  label: string
  hint?: ReactNode
  children: ReactNode
}

/** A setting: what it is at the left, its control at the right. */
export function SettingRow({ label, hint, children }: SettingRowProps) {
  return (
    <div className="flex min-h-[52px] items-center gap-6 py-2.5">
      <div className="min-w-0 flex-1">
        <div>{label}</div>
        {hint && <div className="mt-0.5 text-s text-text-3">{hint}</div>}
      </div>
      <div className="flex min-w-0 shrink-0 items-center gap-2">{children}</div>
    </div>
  )
}
