import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { formatCount } from './format/tokens.ts'

export interface Tab {
  id: string
  label: string
  content: ReactNode
  /** After the label, quietly: how many there are. */
  count?: number | null
}

interface TabsProps {
  tabs: readonly Tab[]
  label: string
}

export function Tabs({ tabs, label }: TabsProps) {
  return (
    <BaseTabs.Root defaultValue={tabs[0]?.id}>
      <TabList tabs={tabs} label={label} />
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.id} value={tab.id} className="mt-3.5 rounded-md">
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}

interface ScreenTabsProps extends TabsProps {
  /** The tab that is shown. */
  value: string
  onChange: (id: string) => void
  /** Between the tabs and what they show, in every one of them. */
  banner?: ReactNode
}

/** Tabs of a whole screen, under its bar; which one is shown is the screen's to keep. */
export function ScreenTabs({ tabs, label, value, onChange, banner }: ScreenTabsProps) {
  return (
    <BaseTabs.Root
      value={value}
      onValueChange={(next) => onChange(String(next))}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TabList tabs={tabs} label={label} className="shrink-0 px-4" />
      {banner}
      {tabs.map((tab) => (
        <BaseTabs.Panel
          key={tab.id}
          value={tab.id}
          className="flex min-h-0 flex-1 flex-col -outline-offset-2"
        >
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}

function TabList({ tabs, label, className }: TabsProps & { className?: string }) {
  return (
    <BaseTabs.List aria-label={label} className={classNames('flex gap-5 border-b border-line', className)}>
      {tabs.map(({ id, label: words, count }) => (
        <BaseTabs.Tab
          key={id}
          value={id}
          className="-mb-px border-b-2 border-transparent py-2 text-s text-text-2 select-none hover:text-text-1 data-active:border-accent data-active:font-medium data-active:text-text-1"
        >
          {words}
          {count ? <span className="pl-1.5 font-normal text-text-3">{formatCount(count)}</span> : null}
        </BaseTabs.Tab>
      ))}
    </BaseTabs.List>
  )
}
