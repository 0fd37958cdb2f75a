import { NotebookPen } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { ChatMessage } from '../../../core/contract/chats.ts'
import { attempt, errorText } from '../../client/app-request-error.ts'
import type { ChatState } from '../../client/chats/chat-state.ts'
import { newestLeaf, pathTo } from '../../client/chats/chat-tree.ts'
import {
  createChat,
  loadChat,
  showLeaf,
  startTurn,
  stopAnswer,
  useOpenChats
} from '../../client/chats/open-chats.ts'
import { daemon } from '../../client/daemon.ts'
import { addScope } from '../../client/knowledge/scopes.ts'
import { isOffered, pickChoice } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, info, settings, sources } from '../../client/resources.ts'
import { navigate } from '../../client/route.ts'
import { useChoices } from '../../client/use-choices.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { ModelPicker } from '../../components/model-picker.tsx'
import { Notice } from '../../components/notice.tsx'
import { Bar } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { showToast } from '../../components/toasts.tsx'
import { Composer } from './composer.tsx'
import { EmptyChat } from './empty-chat.tsx'
import type { MessageActions } from './message-actions.ts'
import { MessageList } from './message-list.tsx'
import { SaveNoteDialog } from './save-note/save-note-dialog.tsx'
import { ScopePicker } from './scopes/scope-picker.tsx'
import { useChatScopes } from './scopes/use-chat-scopes.ts'
import { useStopOnEscape } from './stop-on-escape.ts'

/** One chat, or the place where a new one begins. */
export function ChatView({ id }: { id: string | null }) {
  const chat = useOpenChats((state) => (id === null ? undefined : state.chats[id]))
  const loadError = useOpenChats((state) => (id === null ? undefined : state.errors[id]))
  const choices = useChoices()
  const defaultModel = useResource(settings).data?.defaultModel ?? null
  const paused = useResource(info).data?.paused ?? false
  const [problem, setProblem] = useState<string | null>(null)
  /** Chosen a moment ago: a question asked at once goes to it, before the daemon has noted it. */
  const [picked, setPicked] = useState<string | null>(null)
  const [scopes, setScopes] = useChatScopes(id, chat)
  const hasSources = (useResource(sources).data?.length ?? 0) > 0
  /** What is to be kept as a note: an answer, or all of it. */
  const [saving, setSaving] = useState<string | null>(null)

  useEffect(() => {
    setProblem(null)
    setPicked(null)
    setSaving(null)
    if (id !== null) void loadChat(id)
  }, [id])

  // a chat keeps its model, also one that is gone: it says so instead of asking another
  const model = picked ?? chat?.summary.model ?? pickChoice(choices ?? [], defaultModel)
  const known = choices === null || model === null || isOffered(choices, model)

  const answering = chat && answerBeingWritten(chat)
  const running = answering !== undefined || (chat?.summary.running ?? false)
  const stop = (): void => {
    if (id !== null && answering)
      void attempt(() => stopAnswer(id, answering.id)).then((words) => words && showToast(words))
  }
  useStopOnEscape(answering !== undefined, stop)

  const chooseModel = (next: string): void => {
    setPicked(next)
    const save =
      id === null
        ? () => changeSettings({ defaultModel: next })
        : () => daemon.invoke('PATCH /app/chats/:id', { params: { id }, body: { model: next } })
    void attempt(save).then((words) => {
      if (!words) return
      setPicked(null)
      showToast(words)
    })
  }

  const send = async (text: string): Promise<boolean> => {
    if (model === null) return false
    setProblem(null)
    try {
      const chatId = id ?? (await createChat(model, scopes.length > 0 ? { knowledge: [...scopes] } : {})).id
      const parentId = chat ? (pathTo(chat.messages, chat.activeLeafId).at(-1)?.id ?? null) : null
      await startTurn(chatId, { parentId, text, model, knowledge: [...scopes] })
      if (id === null) navigate('chat', chatId)
      return true
    } catch (thrown) {
      setProblem(errorText(thrown))
      return false
    }
  }

  const actions = useMemo((): MessageActions => {
    const ask = (turn: { parentId: string | null; text?: string }): void => {
      if (id === null || model === null) return
      void attempt(() => startTurn(id, { ...turn, model, knowledge: [...scopes] })).then(setProblem)
    }
    return {
      show(messageId) {
        const tree = id === null ? undefined : useOpenChats.getState().chats[id]?.messages
        if (id !== null && tree)
          void attempt(() => showLeaf(id, newestLeaf(tree, messageId))).then(setProblem)
      },
      edit: (question, text) => ask({ parentId: question.parentId, text }),
      answerAgain: (answer) => ask({ parentId: answer.parentId }),
      saveAsNote: hasSources ? (answer) => setSaving(answer.id) : null
    }
  }, [id, model, scopes, hasSources])

  const blocked = blockedReason({
    hasModels: choices === null || choices.length > 0,
    known,
    paused,
    model
  })
  return (
    <>
      <Bar>
        <ModelPicker groups={choices ?? []} value={model} onChange={chooseModel} />
        <h2 className="min-w-0 flex-1 truncate text-right text-s text-text-3">{chat?.summary.title}</h2>
        {hasSources && chat && Object.keys(chat.messages).length > 0 && (
          <IconButton label="Save this chat as a note" onClick={() => setSaving('chat')}>
            <NotebookPen />
          </IconButton>
        )}
      </Bar>
      {id === null ? (
        <EmptyChat hasModels={blocked === null} />
      ) : loadError !== undefined && !chat ? (
        <div className="mx-auto w-full max-w-(--reading) flex-1 px-6 pt-8">
          <Notice tone="bad" action={<Button onClick={() => void loadChat(id, true)}>Try again</Button>}>
            {loadError}
          </Notice>
        </div>
      ) : chat ? (
        Object.keys(chat.messages).length > 0 ? (
          <MessageList key={id} chat={chat} actions={actions} busy={running} />
        ) : (
          <EmptyChat hasModels={blocked === null} />
        )
      ) : (
        <div className="mx-auto w-full max-w-(--reading) flex-1 px-6 pt-8">
          <SkeletonRows count={6} />
        </div>
      )}
      <Composer
        chatId={id}
        blocked={blocked}
        problem={problem}
        running={running}
        onSend={send}
        onStop={stop}
        onScope={(scope) => setScopes(addScope(scopes, scope))}
      >
        <ScopePicker scopes={scopes} onChange={setScopes} />
      </Composer>
      {chat && (
        <SaveNoteDialog
          chat={chat.summary}
          messageId={saving === 'chat' ? null : saving}
          open={saving !== null}
          onClose={() => setSaving(null)}
        />
      )}
    </>
  )
}

/** The answer being written, on the shown branch or another. */
function answerBeingWritten(chat: ChatState): ChatMessage | undefined {
  const leaf = chat.activeLeafId === null ? undefined : chat.messages[chat.activeLeafId]
  if (leaf?.status === 'streaming') return leaf
  if (!chat.summary.running) return undefined
  return Object.values(chat.messages).find((message) => message.status === 'streaming')
}

interface Situation {
  hasModels: boolean
  known: boolean
  paused: boolean
  model: string | null
}

function blockedReason({ hasModels, known, paused, model }: Situation) {
  if (!hasModels) {
    return (
      <Notice action={<Button onClick={() => navigate('models')}>Add a model</Button>}>
        There is no model to ask yet.
      </Notice>
    )
  }
  if (!known)
    return <Notice tone="warn">{model} is not available any more. Choose another model above.</Notice>
  if (paused) {
    return (
      <Notice tone="warn" action={<Button onClick={() => navigate('settings', 'gateway')}>Settings</Button>}>
        The gateway is paused. Nothing is sent until you resume it.
      </Notice>
    )
  }
  return null
}
