import { Activity, NotebookPen, RefreshCw } from 'lucide-react'
import { memo } from 'react'
import type { AnswerInfo, ChatMessage } from '../../../core/contract/chats.ts'
import type { Citation } from '../../../core/contract/knowledge.ts'
import { shortModelName } from '../../client/model-options.ts'
import { navigate } from '../../client/route.ts'
import { answerFacts } from '../../components/answer/answer-facts.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { BranchSwitch } from './branch-switch.tsx'
import { AnswerText } from './citations/answer-text.tsx'
import { CitationList } from './citations/citation-list.tsx'
import type { MessageActions } from './message-actions.ts'
import { Reasoning } from './reasoning.tsx'

interface AssistantMessageProps {
  message: ChatMessage
  branches: readonly string[]
  actions: MessageActions
  /** Another answer is being written in this chat: asking again has to wait. */
  busy: boolean
}

const none: readonly Citation[] = []
const endings = {
  stopped: 'You stopped this answer.',
  interrupted: 'Homeport was closed while this was being written.'
}

export const AssistantMessage = memo(function AssistantMessage(props: AssistantMessageProps) {
  const { message, actions, busy } = props
  const { status, text, reasoning, citations = none } = message
  const live = status === 'streaming'
  return (
    <article className="pt-1 pb-6" aria-busy={live} aria-label="Answer">
      {reasoning !== '' && <Reasoning text={reasoning} live={live && text === ''} />}
      {text !== '' && <AnswerText text={text} live={live} citations={citations} />}
      {live && text === '' && reasoning === '' && (
        <p className="pulse py-0.5 text-l text-text-3">Waiting for the first words</p>
      )}
      {status === 'failed' && (
        <div className={text === '' ? undefined : 'mt-3'}>
          <Notice
            tone="bad"
            action={
              <Button disabled={busy} icon={<RefreshCw />} onClick={() => actions.answerAgain(message)}>
                Try again
              </Button>
            }
          >
            {message.error ?? 'This answer failed.'}
          </Notice>
        </div>
      )}
      {(status === 'stopped' || status === 'interrupted') && (
        <p className="mt-2 text-s text-text-3">{endings[status]}</p>
      )}
      {!live && citations.length > 0 && <CitationList citations={citations} />}
      {!live && <Footer {...props} />}
    </article>
  )
})

function Footer({ message, branches, actions, busy }: AssistantMessageProps) {
  const { info } = message
  return (
    <footer className="mt-3 flex items-center gap-3 border-t border-line pt-1.5 text-xs text-text-3">
      {/* facts that find no room wrap out of sight, the least important first */}
      <span className="flex h-4 min-w-0 flex-1 flex-wrap gap-x-3 gap-y-2 overflow-hidden">
        {info && <Facts info={info} />}
      </span>
      <span className="-mr-1 flex items-center">
        {message.text !== '' && <CopyButton text={message.text} label="Copy answer" />}
        <IconButton small label="Answer again" disabled={busy} onClick={() => actions.answerAgain(message)}>
          <RefreshCw />
        </IconButton>
        {actions.saveAsNote && message.text !== '' && (
          <IconButton small label="Save as a note" onClick={() => actions.saveAsNote?.(message)}>
            <NotebookPen />
          </IconButton>
        )}
        {info?.traceId && (
          <IconButton small label="Open in Activity" onClick={() => navigate('activity', info.traceId)}>
            <Activity />
          </IconButton>
        )}
        <BranchSwitch branches={branches} id={message.id} onSwitch={actions.show} />
      </span>
    </footer>
  )
}

function Facts({ info }: { info: AnswerInfo }) {
  return (
    <>
      <span className="max-w-60 truncate" title={info.model}>
        {shortModelName(info.model)}
      </span>
      {answerFacts(info).map((fact) => (
        <span key={fact.text} title={fact.title} className="whitespace-nowrap">
          {fact.text}
        </span>
      ))}
    </>
  )
}
