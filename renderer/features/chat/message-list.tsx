import { ArrowDown } from 'lucide-react'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Virtualizer } from 'virtua'
import type { ChatState } from '../../client/chats/chat-state.ts'
import { branchesOf, pathTo } from '../../client/chats/chat-tree.ts'
import { Button } from '../../components/button.tsx'
import { AssistantMessage } from './assistant-message.tsx'
import type { MessageActions } from './message-actions.ts'
import { UserMessage } from './user-message.tsx'

/** Nearer than this to the end counts as at the end, in pixels. */
const NEAR_END = 48
const none: readonly string[] = []

interface MessageListProps {
  chat: ChatState
  actions: MessageActions
  busy: boolean
}

/** The shown branch of a chat. Only what is near the view is in the page; at the end it follows what is written. */
export function MessageList({ chat, actions, busy }: MessageListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const lastTop = useRef(0)
  const [atEnd, setAtEnd] = useState(true)

  const path = useMemo(() => pathTo(chat.messages, chat.activeLeafId), [chat.messages, chat.activeLeafId])
  // branches change only when a message is added: not with every piece of text
  const count = Object.keys(chat.messages).length
  // biome-ignore lint/correctness/useExhaustiveDependencies: messages are never moved or removed, so their number says it
  const branches = useMemo(() => branchesOf(chat.messages), [chat.summary.id, count])

  const toEnd = useCallback(() => {
    const element = scroller.current
    if (element && following.current) element.scrollTop = element.scrollHeight
  }, [])

  // after every change of the path, before it is painted
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is the reason to run
  useLayoutEffect(toEnd, [path, toEnd])

  const last = path.at(-1)
  const lastQuestion = path.findLast((message) => message.role === 'user')?.id
  // a new question is the person's own doing: show it, wherever they had scrolled to
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question is the reason to run
  useLayoutEffect(() => {
    following.current = true
    toEnd()
  }, [lastQuestion, toEnd])

  const onScroll = (): void => {
    const element = scroller.current
    if (!element) return
    const end = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END
    if (end) following.current = true
    else if (element.scrollTop < lastTop.current - 1) following.current = false
    lastTop.current = element.scrollTop
    setAtEnd(end || following.current)
  }

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        onScroll={onScroll}
        role="log"
        aria-label="Messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="h-full overflow-y-auto [overflow-anchor:none] focus-visible:outline-offset-[-2px]"
      >
        <div className="h-6" />
        <Virtualizer data={path} scrollRef={scroller} startMargin={24} bufferSize={600} onResize={toEnd}>
          {(message) => (
            <div key={message.id} className="mx-auto max-w-(--reading) px-6">
              {message.role === 'user' ? (
                <UserMessage
                  message={message}
                  branches={branches.get(message.parentId) ?? none}
                  actions={actions}
                />
              ) : (
                <AssistantMessage
                  message={message}
                  branches={branches.get(message.parentId) ?? none}
                  actions={actions}
                  busy={busy}
                />
              )}
            </div>
          )}
        </Virtualizer>
      </div>
      {!atEnd && last && (
        <Button
          className="float absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full"
          icon={<ArrowDown />}
          onClick={() => {
            following.current = true
            toEnd()
          }}
        >
          Jump to latest
        </Button>
      )}
    </div>
  )
}
