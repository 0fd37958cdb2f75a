import { Plus } from 'lucide-react'
import { useId } from 'react'
import { groupModels } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { models } from '../../client/resources.ts'
import { Field, TextInput } from '../../components/field.tsx'
import { GroupedCombobox } from '../../components/grouped-combobox.tsx'
import { NumberInput } from '../../components/number-input.tsx'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { Select } from '../../components/select.tsx'
import { Switch } from '../../components/switch.tsx'
import { type AliasDraft, type DraftProblems, targetDraft } from './alias-draft.ts'
import { AliasKnowledge } from './alias-knowledge.tsx'
import { strategies, strategyOf } from './strategies.ts'
import { TargetList } from './target-list.tsx'

interface AliasFormProps {
  draft: AliasDraft
  /** Null until saving was tried. */
  problems: DraftProblems | null
  onChange: (draft: AliasDraft) => void
}

export function AliasForm({ draft, problems, onChange }: AliasFormProps) {
  const all = useResource(models).data ?? []
  const put = (patch: Partial<AliasDraft>): void => onChange({ ...draft, ...patch })
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <Field label="Name" hint="Programs ask for it as the model." error={problems?.name ?? null}>
          {(control) => (
            <TextInput
              {...control}
              className="font-mono"
              value={draft.name}
              maxLength={64}
              placeholder="best"
              onChange={(event) => put({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Which model answers" hint={strategyOf(draft.strategy).hint}>
          {({ id }) => (
            <Select
              id={id}
              label="Which model answers"
              value={draft.strategy}
              options={strategies}
              onChange={(strategy) => put({ strategy })}
            />
          )}
        </Field>
      </div>
      <Section
        title="Models"
        lead={
          draft.strategy === 'weighted'
            ? 'A model with weight 3 gets three calls where one with weight 1 gets one.'
            : 'When one fails before its first word, another is asked.'
        }
        action={
          <GroupedCombobox
            label="Add a model"
            groups={groupModels(all)}
            value={null}
            onChange={({ value }) => put({ targets: [...draft.targets, targetDraft(value)] })}
            trigger={
              <button
                type="button"
                className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-3 text-s hover:bg-hover [&>svg:last-child]:hidden"
              />
            }
            triggerContent={
              <>
                <Plus className="size-4" />
                Add a model
              </>
            }
          />
        }
      >
        {draft.targets.length === 0 ? (
          <p className="rounded-lg border border-dashed border-line-strong px-4 py-4 text-s text-text-2">
            No model yet. Add one, and a second one to fall back on.
          </p>
        ) : (
          <TargetList
            targets={draft.targets}
            strategy={draft.strategy}
            problems={problems?.target ?? {}}
            onChange={(targets) => put({ targets })}
          />
        )}
        {problems?.targets && (
          <p role="alert" className="mt-2 text-xs text-bad-text">
            {problems.targets}
          </p>
        )}
      </Section>
      <AliasKnowledge scopes={draft.knowledge} onChange={(knowledge) => put({ knowledge })} />
      <Section title="Refusals and time limits">
        <Rows>
          <SettingRow label="Refuses" hint="The next one is asked when one declines for its content policy.">
            <Switch
              label="Ask the next one on a refusal"
              checked={draft.fallbackOnRefusal}
              onChange={(fallbackOnRefusal) => put({ fallbackOnRefusal })}
            />
          </SettingRow>
          <Timeout
            label="Slow to begin"
            hint="The next one is asked when no word has come by then."
            value={draft.firstTokenSeconds}
            problem={problems?.firstToken}
            onChange={(firstTokenSeconds) => put({ firstTokenSeconds })}
          />
          <Timeout
            label="Stopped midway"
            hint="An answer that stops for so long ends with an error."
            value={draft.idleSeconds}
            problem={problems?.idle}
            onChange={(idleSeconds) => put({ idleSeconds })}
          />
        </Rows>
      </Section>
    </>
  )
}

interface TimeoutProps {
  label: string
  hint: string
  value: number | null
  problem: string | undefined
  onChange: (value: number | null) => void
}

function Timeout({ label, hint, value, problem, onChange }: TimeoutProps) {
  const id = useId()
  return (
    <SettingRow
      label={label}
      hint={
        <span id={id} className={problem && 'text-bad-text'}>
          {problem ?? hint}
        </span>
      }
    >
      <NumberInput
        className="w-28"
        aria-label={`${label}, seconds`}
        aria-describedby={id}
        aria-invalid={problem !== undefined}
        decimals
        unit="s"
        value={value}
        onChange={onChange}
      />
    </SettingRow>
  )
}
