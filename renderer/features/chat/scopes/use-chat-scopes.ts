import { useEffect, useState } from 'react'
import { attempt } from '../../../client/app-request-error.ts'
import type { ChatState } from '../../../client/chats/chat-state.ts'
import { daemon } from '../../../client/daemon.ts'
import { showToast } from '../../../components/toasts.tsx'

const none: readonly string[] = []

/**
 * What a chat's answers are looked up in, and how to change it. Chosen a moment ago counts at once; a chat that does not
 * exist yet keeps its choice here.
 */
export function useChatScopes(
  id: string | null,
  chat: ChatState | undefined
): [readonly string[], (scopes: string[]) => void] {
  const [picked, setPicked] = useState<readonly string[] | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat is the reason to run
  useEffect(() => setPicked(null), [id])
  const change = (scopes: string[]): void => {
    setPicked(scopes)
    if (id === null) return
    const save = () => daemon.invoke('PATCH /app/chats/:id', { params: { id }, body: { knowledge: scopes } })
    void attempt(save).then((problem) => {
      if (!problem) return
      setPicked(null)
      showToast(problem)
    })
  }
  return [picked ?? chat?.summary.knowledge ?? none, change]
}
