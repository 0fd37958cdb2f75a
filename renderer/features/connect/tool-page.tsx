import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useConnection } from '../../client/daemon.ts'
import { groupChoices, pickChoice } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { aliases, models, settings } from '../../client/resources.ts'
import { navigate } from '../../client/route.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { ModelPicker } from '../../components/model-picker.tsx'
import { Notice } from '../../components/notice.tsx'
import { Bar, Page, Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { openLink } from '../../components/system/open-link.ts'
import { checkCommand } from './check-command.ts'
import { type ConnectTool, type SetupValues, systems } from './connect-tool.ts'
import { KeyRow } from './key-row.tsx'
import { keyMadeFor, type MadeKeys } from './made-keys.ts'
import { Step } from './step.tsx'
import { thisSystem } from './this-system.ts'

/** Stands where the person's own key belongs. */
const KEY_PLACEHOLDER = 'YOUR_APP_KEY'
const MODEL_PLACEHOLDER = 'provider/model'

interface ToolPageProps {
  tool: ConnectTool
  secrets: MadeKeys
  onMade: (keyId: string, secret: string) => void
}

/** The set-up of one program, with the real address, key and model in it. */
export function ToolPage({ tool, secrets, onMade }: ToolPageProps) {
  const all = useResource(models).data
  const named = useResource(aliases).data ?? []
  const defaultModel = useResource(settings).data?.defaultModel ?? null
  const [chosenModel, setChosenModel] = useState<string | null>(null)
  const [system, setSystem] = useState(thisSystem)
  const [keyId, setKeyId] = useState(keyMadeFor(tool.id, secrets))
  const groups = groupChoices(all ?? [], named)
  const model = pickChoice(groups, chosenModel, defaultModel, named[0]?.name)
  const secret = keyId === null ? undefined : secrets[keyId]?.secret
  const values: SetupValues = {
    baseUrl: useGatewayUrl(),
    key: secret ?? KEY_PLACEHOLDER,
    model: model ?? MODEL_PLACEHOLDER,
    contextTokens: all?.find(({ id }) => id === model)?.contextTokens ?? null,
    system
  }
  // the clients of the other two dialects add the version themselves
  const address = tool.dialect.startsWith('openai') ? `${values.baseUrl}/v1` : values.baseUrl
  return (
    <>
      <Bar>
        <h1 className="min-w-0 flex-1 truncate font-semibold">{tool.name}</h1>
        <Button look="quiet" icon={<ExternalLink />} onClick={() => openLink(tool.docs)}>
          Its own guide
        </Button>
      </Bar>
      <Page>
        <Rows>
          <SettingRow label="Base URL">
            <code className="font-mono text-s select-all">{address}</code>
            <CopyButton text={address} label="Copy base URL" />
          </SettingRow>
          <KeyRow
            tool={tool}
            chosen={keyId}
            secrets={secrets}
            placeholder={KEY_PLACEHOLDER}
            onChoose={setKeyId}
            onMade={(id, made) => {
              onMade(id, made)
              setKeyId(id)
            }}
          />
          <SettingRow label="Model" hint="An alias lets you change the model later, here alone.">
            {all?.length === 0 ? (
              <Button onClick={() => navigate('models')}>Add a model first</Button>
            ) : (
              <ModelPicker groups={groups} value={model} onChange={setChosenModel} />
            )}
          </SettingRow>
          <SettingRow label="System">
            <Segmented label="System" value={system} options={systems} onChange={setSystem} />
          </SettingRow>
        </Rows>
        {tool.caution && <Notice tone="warn">{tool.caution}</Notice>}
        {tool.steps(values).map((step) => (
          <Step key={step.title} step={step} />
        ))}
        {tool.notes && (
          <Section
            title="Your notes"
            lead="It can search and read what is indexed under Knowledge, over the Model Context Protocol. The key must be allowed to."
          >
            <Step step={{ title: '', ...tool.notes(values) }} />
          </Section>
        )}
        {tool.id !== 'curl' && (
          <Section
            title="Check it"
            lead="Asks one small question the way it would. The call is listed in Activity."
          >
            <Step step={{ title: '', code: checkCommand(tool.dialect, values) }} />
          </Section>
        )}
      </Page>
    </>
  )
}

function useGatewayUrl(): string {
  const connection = useConnection()
  const endpoint = connection.state === 'ready' || connection.state === 'lost' ? connection.endpoint : null
  return endpoint?.baseUrl ?? 'http://127.0.0.1:7678'
}
