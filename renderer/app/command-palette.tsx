import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { Copy, Cpu, MessageSquare, Moon, Search, SquarePen, Sun } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { attempt } from '../client/app-request-error.ts'
import { loadChatList, useChatList } from '../client/chats/chat-list.ts'
import { daemon, useConnection } from '../client/daemon.ts'
import { changeSettings } from '../client/resources.ts'
import { navigate, useRoute } from '../client/route.ts'
import { useChoices } from '../client/use-choices.ts'
import { Kbd } from '../components/kbd.tsx'
import { shortcutText } from '../components/platform.ts'
import { copyText } from '../components/system/clipboard.ts'
import { showToast } from '../components/toasts.tsx'
import { destinations } from './rail.tsx'
import { addressOf } from './status-footer.tsx'

export function CommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <BaseDialog.Popup
          aria-label="Find anything"
          className="float fixed top-[14vh] left-1/2 z-50 w-[min(560px,calc(100vw-48px))] -translate-x-1/2 overflow-hidden rounded-lg"
        >
          <Commands onDone={onClose} />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

function Commands({ onDone }: { onDone: () => void }) {
  const [search, setSearch] = useState('')
  const chats = useChatList((state) => state.chats) ?? []
  const choices = useChoices() ?? []
  const address = addressOf(useConnection())
  const dark = document.documentElement.dataset.theme === 'dark'
  const chooseModel = useModelSwitch()
  useEffect(() => {
    if (useChatList.getState().chats === null) void loadChatList()
  }, [])

  const run = (action: () => unknown) => () => {
    onDone()
    void attempt(async () => action()).then((problem) => problem && showToast(problem))
  }
  return (
    <Command label="Find anything" loop>
      <Command.Input
        autoFocus
        value={search}
        onValueChange={setSearch}
        placeholder="Go to, open or do"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-[15px] outline-none"
      />
      <Command.List className="max-h-[min(52vh,420px)] scroll-py-1 overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-s text-text-3">Nothing matches.</Command.Empty>
        <Group heading="Go to">
          <Item icon={<SquarePen />} keys={shortcutText('N')} onSelect={run(() => navigate('chat'))}>
            New chat
          </Item>
          {destinations.map(({ screen, label, icon }, index) => (
            <Item
              key={screen}
              icon={icon}
              keys={shortcutText(String(index + 1))}
              onSelect={run(() => navigate(screen))}
            >
              {label}
            </Item>
          ))}
        </Group>
        {chats.length > 0 && (
          <Group heading="Chats">
            {chats.slice(0, search === '' ? 5 : 200).map((chat) => (
              <Item
                key={chat.id}
                value={`${chat.title} ${chat.id}`}
                icon={<MessageSquare />}
                onSelect={run(() => navigate('chat', chat.id))}
              >
                {chat.title}
              </Item>
            ))}
          </Group>
        )}
        <Group heading="Do">
          {search.trim() !== '' && (
            <Item
              value={`notes ${search}`}
              icon={<Search />}
              onSelect={run(async () => {
                const { searchFor } = await import('../features/knowledge/search/search-store.ts')
                searchFor(search.trim())
                navigate('knowledge')
              })}
            >
              Search notes and files for “{search.trim()}”
            </Item>
          )}
          <Item
            icon={dark ? <Sun /> : <Moon />}
            onSelect={run(() => changeSettings({ appearance: dark ? 'light' : 'dark' }))}
          >
            {dark ? 'Use the light appearance' : 'Use the dark appearance'}
          </Item>
          {address && (
            <Item
              icon={<Copy />}
              onSelect={run(async () => {
                await copyText(`http://${address}/v1`)
                showToast('The base URL is copied.')
              })}
            >
              Copy the base URL
            </Item>
          )}
        </Group>
        {search !== '' && (
          <Group heading="Ask another model">
            {choices.flatMap((group) =>
              group.items.map((choice) => (
                <Item
                  key={choice.value}
                  value={`model ${choice.value}`}
                  icon={choice.onDevice ? <Cpu /> : <span className="w-4" />}
                  onSelect={run(() => chooseModel(choice.value))}
                >
                  {choice.label}
                  <span className="pl-2 text-text-3">{group.label}</span>
                </Item>
              ))
            )}
          </Group>
        )}
      </Command.List>
    </Command>
  )
}

/** Switches the open chat's model, or where none is open the one new chats ask. */
function useModelSwitch(): (model: string) => Promise<unknown> {
  const { screen, id } = useRoute()
  return (model) =>
    screen === 'chat' && id !== null
      ? daemon.invoke('PATCH /app/chats/:id', { params: { id }, body: { model } })
      : changeSettings({ defaultModel: model })
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-3"
    >
      {children}
    </Command.Group>
  )
}

interface ItemProps {
  icon: ReactNode
  /** What is searched, where it is more than the words shown. */
  value?: string
  keys?: string
  onSelect: () => void
  children: ReactNode
}

function Item({ icon, value, keys, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      {...(value === undefined ? {} : { value })}
      onSelect={onSelect}
      className="flex h-9 items-center gap-3 rounded-md px-2.5 text-s select-none data-[selected=true]:bg-press [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-text-2"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </Command.Item>
  )
}
