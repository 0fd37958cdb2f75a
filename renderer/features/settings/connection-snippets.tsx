import { useState } from 'react'
import { useConnection } from '../../client/daemon.ts'
import { groupModels, pickModel } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { models, settings } from '../../client/resources.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { CodeBlock } from '../../components/markdown/code-block.tsx'
import { ModelPicker } from '../../components/model-picker.tsx'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { KEY_PLACEHOLDER, snippets } from './snippets.ts'

const languages: Record<string, string> = {
  curl: 'bash',
  javascript: 'javascript',
  python: 'python',
  continue: 'yaml'
}

/** How other programs reach the gateway, ready to paste. */
export function ConnectionSnippets({ secret }: { secret: string | null }) {
  const connection = useConnection()
  const all = useResource(models).data ?? []
  const defaultModel = useResource(settings).data?.defaultModel ?? null
  const [chosen, setChosen] = useState<string | null>(null)
  const endpoint = connection.state === 'ready' || connection.state === 'lost' ? connection.endpoint : null
  const baseUrl = endpoint?.baseUrl ?? 'http://127.0.0.1:7678'
  const model = pickModel(all, chosen, defaultModel) ?? 'provider/model'
  const tabs = snippets(baseUrl, secret ?? KEY_PLACEHOLDER, model).map(({ id, label, text }) => ({
    id,
    label,
    content: <CodeBlock code={text} language={languages[id] ?? ''} />
  }))
  return (
    <Section
      title="Connect a program"
      lead="Anything that speaks the OpenAI dialect works: give it this address and a key of its own."
    >
      <Rows>
        <SettingRow label="Base URL">
          <code className="font-mono text-s select-all">{baseUrl}/v1</code>
          <CopyButton text={`${baseUrl}/v1`} label="Copy base URL" />
        </SettingRow>
        {all.length > 0 && (
          <SettingRow label="Model in the examples">
            <ModelPicker groups={groupModels(all)} value={model} onChange={setChosen} />
          </SettingRow>
        )}
      </Rows>
      <div className="mt-3">
        <Tabs label="Examples" tabs={tabs} />
        <p className="mt-2 text-xs text-text-3">
          {secret
            ? 'The examples hold the key you just created. It is gone from here once you leave this page.'
            : `Put a key of your own in place of ${KEY_PLACEHOLDER}.`}
        </p>
      </div>
    </Section>
  )
}
