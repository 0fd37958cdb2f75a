import { useMemo } from 'react'
import type { KnowledgeSettings as Chosen } from '../../../core/contract/settings.ts'
import { attempt } from '../../client/app-request-error.ts'
import { groupModels, type ModelGroup } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, models, settings } from '../../client/resources.ts'
import { useChoices } from '../../client/use-choices.ts'
import { ModelPicker } from '../../components/model-picker.tsx'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { showToast } from '../../components/toasts.tsx'

/** No address of a model: those have a slash, and names of aliases no capitals. */
const NONE = 'None'
const none: ModelGroup = {
  label: 'No model',
  items: [{ value: NONE, label: NONE, onDevice: false, hint: null }]
}

/** Models that help to find what a chat looks up. */
export function KnowledgeSettings() {
  const chosen = useResource(settings).data?.knowledge
  const chats = useChoices()
  const all = useResource(models).data
  const rerankers = useMemo(() => groupModels(all?.filter(({ kind }) => kind === 'rerank') ?? []), [all])
  if (!chosen || !chats) return <SkeletonRows count={2} height={52} />
  const save = (patch: Partial<Chosen>): void =>
    void attempt(() => changeSettings({ knowledge: { ...chosen, ...patch } })).then(
      (problem) => problem && showToast(problem)
    )
  return (
    <Section
      title="Looking up"
      lead="Notes are found without any model. A model can help; its calls are listed and booked like any other."
    >
      <Rows>
        <SettingRow
          label="Put questions in other words"
          hint="A chat model says what was meant and what an answer may look like; both are looked up too."
        >
          <Choice groups={chats} value={chosen.rewriter} onChange={(rewriter) => save({ rewriter })} />
        </SettingRow>
        <SettingRow
          label="Sort what was found"
          hint="A reranker reads the best 30 passages with the question. They are sent to where it runs."
        >
          <Choice groups={rerankers} value={chosen.reranker} onChange={(reranker) => save({ reranker })} />
        </SettingRow>
      </Rows>
    </Section>
  )
}

interface ChoiceProps {
  groups: readonly ModelGroup[]
  value: string | null
  onChange: (model: string | null) => void
}

function Choice({ groups, value, onChange }: ChoiceProps) {
  return (
    <ModelPicker
      groups={[none, ...groups]}
      value={value ?? NONE}
      onChange={(model) => onChange(model === NONE ? null : model)}
    />
  )
}
