import { useEffect, useMemo, useState } from 'react'
import { attempt } from '../../../client/app-request-error.ts'
import type { ChatState } from '../../../client/chats/chat-state.ts'
import { daemon } from '../../../client/daemon.ts'
import { useRoute } from '../../../client/route.ts'
import { showToast } from '../../../components/toasts.tsx'

const none: readonly string[] = []

/**
 * What a chat's answers are looked up in, and how to change it. Chosen a moment ago counts at once; a chat that does not
 * exist yet keeps its choice here, and begins with what the address asks for: `#/chat?in=vault`.
 */
export function useChatScopes(
  id: string | null,
  chat: ChatState | undefined
): [readonly string[], (scopes: string[]) => void] {
  const [picked, setPicked] = useState<readonly string[] | null>(null)
  const asked = useRoute().query?.in
  const first = useMemo(() => (id === null && asked ? [asked] : none), [id, asked])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat is the reason to run
  useEffect(() => setPicked(null), [id, asked])
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
  return [picked ?? chat?.summary.knowledge ?? first, change]
}
