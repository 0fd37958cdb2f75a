import { useEffect, useRef, useState } from 'react'
import type { ChatMessage } from '../../../../core/contract/chats.ts'
import { attempt, errorText } from '../../../client/app-request-error.ts'
import { createChat, startTurn, stopAnswer, useOpenChats } from '../../../client/chats/open-chats.ts'
import { daemon } from '../../../client/daemon.ts'
import { localModels } from '../../../client/resources.ts'

export interface Trial {
  answer: ChatMessage | undefined
  problem: string | null
  /** From the click on, until the answer has begun. */
  starting: boolean
  ask: (text: string) => Promise<void>
  stop: () => void
  /** Keeps the chat of the answer that is shown. Its id. */
  keep: () => string | null
}

/**
 * A question to one model, in a chat of its own that is deleted with the next question or when the page is left, unless the
 * person keeps it.
 */
export function useTrial(model: string, title: string): Trial {
  /** The chat to delete; null once it was kept. */
  const chat = useRef<string | null>(null)
  const left = useRef(false)
  const [shown, setShown] = useState<{ chatId: string; answerId: string } | null>(null)
  const [starting, setStarting] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const answer = useOpenChats(({ chats }) =>
    shown ? chats[shown.chatId]?.messages[shown.answerId] : undefined
  )
  const ended = answer !== undefined && answer.status !== 'streaming'
  useEffect(() => {
    // its speed was just measured
    if (ended) void localModels.refresh()
  }, [ended])
  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
      drop(chat)
    }
  }, [])

  return {
    answer,
    problem,
    starting,
    async ask(text) {
      setProblem(null)
      setStarting(true)
      drop(chat)
      try {
        const { id: chatId } = await createChat(model, { title })
        chat.current = chatId
        if (left.current) return drop(chat)
        setShown({ chatId, answerId: await startTurn(chatId, { parentId: null, text, model }) })
      } catch (thrown) {
        drop(chat)
        setProblem(errorText(thrown))
      } finally {
        setStarting(false)
      }
    },
    stop() {
      if (shown) void attempt(() => stopAnswer(shown.chatId, shown.answerId)).then(setProblem)
    },
    keep() {
      chat.current = null
      return shown?.chatId ?? null
    }
  }
}

/** Deletes the chat, if there is one; what is left over by a failure can be deleted in the list of chats. */
function drop(chat: { current: string | null }): void {
  const id = chat.current
  chat.current = null
  if (id !== null) void attempt(() => daemon.invoke('DELETE /app/chats/:id', { params: { id } }))
}
