import { SquarePen } from 'lucide-react'
import type { ReactNode } from 'react'
import { searchChats, useChatList } from '../../client/chats/chat-list.ts'
import { navigate } from '../../client/route.ts'
import { IconButton } from '../../components/button.tsx'
import { shortcutText } from '../../components/platform.ts'
import { Content, ListPane } from '../../components/screen-layout.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { ChatList } from './chat-list.tsx'
import { ChatView } from './chat-view.tsx'

export function ChatScreen({ id, footer }: { id: string | null; footer: ReactNode }) {
  const search = useChatList((state) => state.search)
  return (
    <>
      <ListPane
        title="Chats"
        footer={footer}
        action={
          <IconButton label="New chat" keys={shortcutText('N')} onClick={() => navigate('chat')}>
            <SquarePen />
          </IconButton>
        }
      >
        <div className="px-2">
          <SearchField label="Search chats" value={search} onSearch={searchChats} />
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
          <ChatList activeId={id} />
        </div>
      </ListPane>
      <Content label="Chat">
        <ChatView id={id} />
      </Content>
    </>
  )
}
