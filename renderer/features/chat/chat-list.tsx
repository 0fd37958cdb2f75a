import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ChatSummary } from '../../../core/contract/chats.ts'
import { attempt } from '../../client/app-request-error.ts'
import { deleteChat, loadChatList, renameChat, useChatList } from '../../client/chats/chat-list.ts'
import { formatRoute, navigate } from '../../client/route.ts'
import { moveFocusByArrows } from '../../components/arrow-keys.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { ConfirmDialog } from '../../components/dialog.tsx'
import { formatAge } from '../../components/format/time.ts'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { Notice } from '../../components/notice.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { showToast } from '../../components/toasts.tsx'
import { groupChats } from './chat-groups.ts'

export function ChatList({ activeId }: { activeId: string | null }) {
  const { chats, error, search } = useChatList()
  const [now, setNow] = useState(Date.now)
  const [deleting, setDeleting] = useState<ChatSummary | null>(null)

  useEffect(() => {
    if (useChatList.getState().chats === null) void loadChatList()
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])

  if (chats === null && error !== null) {
    return (
      <div className="p-2">
        <Notice tone="bad" action={<Button onClick={() => void loadChatList()}>Try again</Button>}>
          {error}
        </Notice>
      </div>
    )
  }
  if (chats === null) return <SkeletonRows count={5} />
  if (chats.length === 0) {
    return (
      <p className="px-2 py-3 text-s text-text-3">
        {search === '' ? 'Your chats will be listed here.' : `No chat has “${search}” in it.`}
      </p>
    )
  }
  return (
    <nav aria-label="Chats" onKeyDown={moveFocusByArrows}>
      {groupChats(chats, now).map((group) => (
        <section key={group.label} aria-label={group.label}>
          <h2 className="mx-2 mt-3.5 mb-1 text-xs font-medium text-text-3">{group.label}</h2>
          {group.chats.map((chat) => (
            <ChatRow
              key={chat.id}
              chat={chat}
              now={now}
              active={chat.id === activeId}
              onDelete={() => setDeleting(chat)}
            />
          ))}
        </section>
      ))}
      <ConfirmDialog
        open={deleting !== null}
        onClose={() => setDeleting(null)}
        title="Delete this chat"
        confirm="Delete"
        onConfirm={async () => {
          const problem = await attempt(() => deleteChat(deleting?.id ?? ''))
          if (problem === null && deleting?.id === activeId) navigate('chat')
          return problem
        }}
      >
        “{deleting?.title}” and all its messages are removed from this machine. This cannot be undone.
      </ConfirmDialog>
    </nav>
  )
}

interface ChatRowProps {
  chat: ChatSummary
  now: number
  active: boolean
  onDelete: () => void
}

function ChatRow({ chat, now, active, onDelete }: ChatRowProps) {
  const [renaming, setRenaming] = useState(false)
  if (renaming) return <RenameField chat={chat} onDone={() => setRenaming(false)} />
  return (
    <div
      className={classNames(
        'group relative flex h-(--row) items-center rounded-md hover:bg-hover',
        active && 'bg-press hover:bg-press'
      )}
    >
      <a
        data-row
        href={formatRoute({ screen: 'chat', id: chat.id })}
        aria-current={active ? 'page' : undefined}
        onDoubleClick={() => setRenaming(true)}
        className={classNames(
          'flex h-full min-w-0 flex-1 cursor-default items-center gap-2 rounded-md px-2',
          active && 'font-medium'
        )}
      >
        <span className="min-w-0 flex-1 truncate">{chat.title}</span>
        {chat.running ? (
          <StatusDot tone="accent" label="answering" />
        ) : (
          <small className="text-xs font-normal text-text-3 group-focus-within:invisible group-hover:invisible">
            {formatAge(chat.updatedAt, now)}
          </small>
        )}
      </a>
      <div className="absolute right-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
        <Menu
          trigger={
            <IconButton small label={`Actions for ${chat.title}`}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil />} onSelect={() => setRenaming(true)}>
            Rename
          </MenuItem>
          <MenuItem icon={<Trash2 />} danger onSelect={onDelete}>
            Delete
          </MenuItem>
        </Menu>
      </div>
    </div>
  )
}

function RenameField({ chat, onDone }: { chat: ChatSummary; onDone: () => void }) {
  const save = (title: string): void => {
    onDone()
    const words = title.trim()
    if (words === '' || words === chat.title) return
    void attempt(() => renameChat(chat.id, words)).then((problem) => problem && showToast(problem))
  }
  return (
    <input
      // the person just chose to rename: the field is where they type next
      ref={(field) => field?.focus()}
      aria-label="Title of the chat"
      defaultValue={chat.title}
      maxLength={200}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => save(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save(event.currentTarget.value)
        if (event.key === 'Escape') onDone()
      }}
      className="control h-(--row) px-2"
    />
  )
}
