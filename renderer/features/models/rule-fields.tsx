import type { ReactNode } from 'react'
import type { AppKey } from '../../../core/contract/access.ts'
import type { RouteRule } from '../../../core/contract/aliases.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { NumberInput } from '../../components/number-input.tsx'
import { Segmented } from '../../components/segmented.tsx'

const answers = [
  { value: 'any', label: 'Any' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' }
] as const

const questions = [
  { name: 'hasCode', label: 'Code in the prompt' },
  { name: 'hasImages', label: 'Images' },
  { name: 'hasTools', label: 'Tools' },
  { name: 'onDeviceOnly', label: 'Must stay on this machine' }
] as const

interface RuleFieldsProps {
  rule: RouteRule
  keys: readonly AppKey[]
  onChange: (rule: RouteRule) => void
}

/** What a request must be like for a target; everything that is set must hold. */
export function RuleFields({ rule, keys, onChange }: RuleFieldsProps) {
  const put = <K extends keyof RouteRule>(name: K, value: RouteRule[K] | undefined): void => {
    const { [name]: _, ...rest } = rule
    onChange(value === undefined ? rest : { ...rest, [name]: value })
  }
  const active = keys.filter((key) => key.revokedAt === null || rule.appKeys?.includes(key.id))
  const toggleKey = (id: string, on: boolean): void => {
    const others = (rule.appKeys ?? []).filter((known) => known !== id)
    const chosen = on ? [...others, id] : others
    put('appKeys', chosen.length === 0 ? undefined : chosen)
  }
  return (
    <div className="my-1.5 flex flex-col rounded-md bg-sunk px-3 py-1.5">
      {questions.map(({ name, label }) => (
        <Row key={name} label={label}>
          <span className="flex">
            <Segmented
              label={label}
              value={rule[name] === undefined ? 'any' : rule[name] ? 'yes' : 'no'}
              options={answers}
              onChange={(answer) => put(name, answer === 'any' ? undefined : answer === 'yes')}
            />
          </span>
        </Row>
      ))}
      <Row label="Tokens of prompt">
        <NumberInput
          className="w-24"
          aria-label="Tokens at least"
          placeholder="from"
          value={rule.minTokens ?? null}
          onChange={(value) => put('minTokens', value ?? undefined)}
        />
        <span className="text-text-3">–</span>
        <NumberInput
          className="w-24"
          aria-label="Tokens at most"
          placeholder="to"
          value={rule.maxTokens ?? null}
          onChange={(value) => put('maxTokens', value ?? undefined)}
        />
      </Row>
      {active.length > 0 && (
        <fieldset className="py-1.5">
          <legend className="float-left mr-2 w-48 pt-1 text-s text-text-2">Only from</legend>
          <div className="flex flex-wrap gap-x-4">
            {active.map((key) => (
              <Checkbox
                key={key.id}
                label={key.name}
                checked={rule.appKeys?.includes(key.id) ?? false}
                onChange={(on) => toggleKey(key.id, on)}
              />
            ))}
          </div>
        </fieldset>
      )}
    </div>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-2">
      <span className="w-48 shrink-0 text-s text-text-2">{label}</span>
      {children}
    </div>
  )
}
