import type { ReactNode } from 'react'
import type { Trace } from '../../../core/contract/traces.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { type Tab, Tabs } from '../../components/tabs.tsx'
import { prettyJson } from './pretty-json.ts'
import { promptMessages } from './prompt-messages.ts'

/** What was asked and what came back, to read and as it was sent. */
export function TraceBodies({ trace }: { trace: Trace }) {
  const { requestBody, responseBody } = trace
  const tabs: Tab[] = [
    { id: 'prompt', label: 'Prompt', content: <Prompt body={requestBody} /> },
    { id: 'response', label: 'Response', content: <Body text={responseBody} /> },
    {
      id: 'raw',
      label: 'Raw',
      content: <Body text={requestBody === null ? null : prettyJson(requestBody)} />
    }
  ]
  return (
    <>
      <Tabs label="What was sent" tabs={tabs} />
      {trace.bodiesTruncated && (
        <p className="mt-2 text-xs text-text-3">These texts are long: only their beginning is shown.</p>
      )}
    </>
  )
}

function Prompt({ body }: { body: string | null }) {
  const messages = body === null ? null : promptMessages(body)
  if (messages === null) return <Body text={body} />
  return (
    <Well text={messages.map((message) => `${message.role}: ${message.text}`).join('\n\n')}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a recorded prompt never changes
          <div key={index} className="contents">
            <dt className="text-text-3">{message.role}</dt>
            <dd className="whitespace-pre-wrap [overflow-wrap:anywhere]">{message.text}</dd>
          </div>
        ))}
      </dl>
    </Well>
  )
}

function Body({ text }: { text: string | null }) {
  if (text === null || text === '') {
    return (
      <p className="py-2 text-s text-text-3">
        Nothing was recorded. Texts are stored while “Record prompts and answers” is on in Settings.
      </p>
    )
  }
  return (
    <Well text={text}>
      <pre className="font-mono whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</pre>
    </Well>
  )
}

function Well({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className="relative rounded-md bg-sunk">
      <div className="absolute top-1.5 right-1.5">
        <CopyButton text={text} />
      </div>
      <div className="max-h-[55vh] overflow-auto px-4 py-3.5 pr-10 font-mono text-[12.5px] leading-[1.65]">
        {children}
      </div>
    </div>
  )
}
