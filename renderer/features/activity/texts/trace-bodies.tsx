import { useMemo, useState } from 'react'
import type { Trace } from '../../../../core/contract/traces.ts'
import { Segmented } from '../../../components/segmented.tsx'
import { type Tab, Tabs } from '../../../components/tabs.tsx'
import { readAnswer } from './answer-parts.ts'
import { MessageList } from './message-list.tsx'
import { MessageParts } from './message-parts.tsx'
import { prettyJson, prettyJsonLines } from './pretty-json.ts'
import { promptText, type ReadPrompt, readPrompt } from './prompt-messages.ts'
import { partText } from './prompt-parts.ts'
import { PlainText, Well } from './text-well.tsx'

/** What was asked and what came back, to read and as it was sent. */
export function TraceBodies({ trace }: { trace: Trace }) {
  const { requestBody, responseBody, bodiesTruncated } = trace
  const tabs: Tab[] = [
    { id: 'prompt', label: 'Prompt', content: <Prompt body={requestBody} /> },
    { id: 'response', label: 'Response', content: <Answer body={responseBody} /> },
    { id: 'raw', label: 'Raw', content: <Raw requestBody={requestBody} responseBody={responseBody} /> }
  ]
  return (
    <>
      <Tabs label="What was sent" tabs={tabs} />
      {bodiesTruncated && (
        <p className="mt-2 text-xs text-text-3">
          These texts are long: only their beginning is shown. An export has all of them.
        </p>
      )}
    </>
  )
}

function Prompt({ body }: { body: string | null }) {
  const prompt = useMemo(() => (body === null ? null : readPrompt(body)), [body])
  if (body === null || body === '') return <NothingRecorded />
  if (prompt === null) {
    return (
      <Well label="prompt" text={body}>
        <PlainText text={prettyJson(body)} />
      </Well>
    )
  }
  return (
    <Well label="prompt" text={promptText(prompt)}>
      <MessageList messages={prompt.messages} />
      <Asked {...prompt} />
    </Well>
  )
}

/** What a request says beside its messages. */
function Asked({ tools, settings }: ReadPrompt) {
  if (tools.length === 0 && settings.length === 0) return null
  return (
    <dl className="mt-4 grid grid-cols-[80px_minmax(0,1fr)] gap-x-4 gap-y-2 border-t border-line pt-3 text-xs">
      {tools.length > 0 && (
        <>
          <dt className="text-text-3">tools</dt>
          <dd>
            <ul className="flex flex-col gap-1">
              {tools.map(({ name, description }) => (
                <li key={name} className="truncate" title={description}>
                  <span className="font-mono">{name}</span>
                  <span className="pl-2 text-text-3">{description}</span>
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
      {settings.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="truncate text-text-3" title={name}>
            {name}
          </dt>
          <dd className="truncate font-mono" title={value}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Answer({ body }: { body: string | null }) {
  const parts = useMemo(() => (body === null ? [] : readAnswer(body)), [body])
  if (body === null || body === '') return <NothingRecorded />
  return (
    <Well label="response" text={parts.map(partText).join('\n')}>
      <MessageParts parts={parts} markdown />
    </Well>
  )
}

const sides = [
  { value: 'request', label: 'Request' },
  { value: 'response', label: 'Response' }
] as const

function Raw({ requestBody, responseBody }: Pick<Trace, 'requestBody' | 'responseBody'>) {
  const [side, setSide] = useState<'request' | 'response'>('request')
  const body = side === 'request' ? requestBody : responseBody
  const text = useMemo(() => (body === null ? '' : prettyJsonLines(body)), [body])
  return (
    <div className="flex flex-col gap-3">
      <Segmented label="Which text" value={side} options={sides} onChange={setSide} />
      {body === null || text === '' ? (
        <NothingRecorded />
      ) : (
        <Well label={side} text={body}>
          <PlainText text={text} />
        </Well>
      )}
    </div>
  )
}

function NothingRecorded() {
  return (
    <p className="py-2 text-s text-text-3">
      Nothing was recorded, or it is past its time. Texts are stored while “Record prompts and answers” is on
      in Settings.
    </p>
  )
}
