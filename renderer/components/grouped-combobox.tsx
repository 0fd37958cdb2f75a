import { Combobox } from '@base-ui/react/combobox'
import { Check, ChevronDown, Search } from 'lucide-react'
import { type ReactElement, type ReactNode, useId, useMemo } from 'react'

export interface ComboOption {
  value: string
  label: string
  /** At the right, quietly. */
  hint: string | null
}

interface GroupedComboboxProps<T extends ComboOption> {
  label: string
  groups: readonly { label: string; items: T[] }[]
  value: string | null
  onChange: (option: T) => void
  /** The button that opens it. */
  trigger: ReactElement
  triggerContent: ReactNode
  /** Before a label in the list. */
  mark?: (option: T) => ReactNode
  /** Under the list. */
  footer?: ReactNode
  empty?: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** Picks one of many by typing: a button, and a popup with a search field over grouped options. */
export function GroupedCombobox<T extends ComboOption>(props: GroupedComboboxProps<T>) {
  const { label, groups, value, onChange, trigger, triggerContent, mark, footer } = props
  const contentId = useId()
  const items = useMemo(() => groups.map((group) => ({ value: group.label, items: group.items })), [groups])
  const selected = useMemo(
    () => groups.flatMap((group) => group.items).find((option) => option.value === value) ?? null,
    [groups, value]
  )
  return (
    <Combobox.Root<T>
      items={items}
      value={selected}
      autoHighlight
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
      // typed words match the provider in the address too
      itemToStringLabel={(option) => `${option.label} ${option.value}`}
      isItemEqualToValue={(a, b) => a.value === b.value}
      {...(props.open === undefined ? {} : { open: props.open })}
      {...(props.onOpenChange ? { onOpenChange: props.onOpenChange } : {})}
    >
      {/* the label says what it is for; what is chosen is read after it */}
      <Combobox.Trigger aria-label={label} aria-describedby={contentId} render={trigger}>
        <span id={contentId} className="flex min-w-0 items-center gap-2">
          {triggerContent}
        </span>
        <ChevronDown className="size-3.5 shrink-0 text-text-3" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} className="z-50">
          <Combobox.Popup
            aria-label={label}
            className="float flex max-h-[min(26rem,var(--available-height))] w-80 max-w-(--available-width) flex-col rounded-lg"
          >
            <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
              <Search className="size-4 text-text-3" aria-hidden />
              <Combobox.Input
                placeholder={label}
                className="min-w-0 flex-1 bg-transparent text-s outline-none"
              />
            </div>
            <Combobox.Empty className="empty:hidden">
              <div className="px-3 py-5 text-center text-s text-text-3">
                {props.empty ?? 'Nothing matches.'}
              </div>
            </Combobox.Empty>
            <Combobox.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto overscroll-contain p-1 empty:p-0">
              {(group: { value: string; items: T[] }) => (
                <Combobox.Group key={group.value} items={group.items} className="pb-1 last:pb-0">
                  <Combobox.GroupLabel className="px-2 pt-2 pb-1 text-xs font-medium text-text-3 select-none">
                    {group.value}
                  </Combobox.GroupLabel>
                  <Combobox.Collection>
                    {(option: T) => (
                      <Combobox.Item
                        key={option.value}
                        value={option}
                        className="flex h-8 items-center gap-2 rounded-sm px-2 text-s outline-none select-none data-highlighted:bg-press"
                      >
                        {mark?.(option)}
                        <span className="min-w-0 flex-1 truncate">{option.label}</span>
                        {option.hint && <span className="text-xs text-text-3">{option.hint}</span>}
                        <span className="grid w-4 place-items-center">
                          <Combobox.ItemIndicator>
                            <Check className="size-4 text-accent-text" />
                          </Combobox.ItemIndicator>
                        </span>
                      </Combobox.Item>
                    )}
                  </Combobox.Collection>
                </Combobox.Group>
              )}
            </Combobox.List>
            {footer && <div className="shrink-0 border-t border-line p-1">{footer}</div>}
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
