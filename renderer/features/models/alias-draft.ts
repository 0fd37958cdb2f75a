import {
  type Alias,
  aliasNameSchema,
  type RouteRule,
  type SaveAlias,
  type Strategy,
  saveAliasSchema
} from '../../../core/contract/aliases.ts'

export interface TargetDraft {
  /** Stays with the target while it is moved. */
  key: string
  model: string
  weight: number | null
  when: RouteRule | undefined
}

/** An alias while it is written. Times are in seconds, as people type them. */
export interface AliasDraft {
  name: string
  strategy: Strategy
  targets: TargetDraft[]
  fallbackOnRefusal: boolean
  firstTokenSeconds: number | null
  idleSeconds: number | null
  /** What of the person's notes and files its answers are looked up in. */
  knowledge: string[]
}

let made = 0

export const targetDraft = (model: string): TargetDraft => ({
  key: `t${++made}`,
  model,
  weight: 1,
  when: undefined
})

export function emptyDraft(
  name = '',
  models: readonly string[] = [],
  strategy: Strategy = 'priority'
): AliasDraft {
  return {
    name,
    strategy,
    targets: models.map(targetDraft),
    fallbackOnRefusal: false,
    firstTokenSeconds: null,
    idleSeconds: null,
    knowledge: []
  }
}

export function draftOf(alias: Alias): AliasDraft {
  return {
    name: alias.name,
    strategy: alias.strategy,
    targets: alias.targets.map(({ model, weight, when }) => ({ ...targetDraft(model), weight, when })),
    fallbackOnRefusal: alias.fallbackOnRefusal,
    firstTokenSeconds: seconds(alias.firstTokenTimeoutMs),
    idleSeconds: seconds(alias.idleTimeoutMs),
    knowledge: alias.knowledge ?? []
  }
}

export interface DraftProblems {
  name?: string
  targets?: string
  firstToken?: string
  idle?: string
  /** By the target's key. */
  target: Record<string, string>
}

function bodyOf(draft: AliasDraft): SaveAlias {
  return {
    strategy: draft.strategy,
    targets: draft.targets.map(({ model, weight, when }) => ({
      model,
      weight: weight ?? 0,
      ...(when && Object.keys(when).length > 0 ? { when } : {})
    })),
    fallbackOnRefusal: draft.fallbackOnRefusal,
    firstTokenTimeoutMs: milliseconds(draft.firstTokenSeconds),
    idleTimeoutMs: milliseconds(draft.idleSeconds),
    ...(draft.knowledge.length > 0 && { knowledge: draft.knowledge })
  }
}

/** What the alias stands for as it is written now, whatever its name; null while that cannot be. */
export function definitionOf(draft: AliasDraft): SaveAlias | null {
  return saveAliasSchema.safeParse(bodyOf(draft)).data ?? null
}

/** The alias as it can be saved, or what is wrong, field by field. `taken`: names of other aliases. */
export function checkDraft(
  draft: AliasDraft,
  taken: readonly string[]
): { alias: SaveAlias } | { problems: DraftProblems } {
  const problems: DraftProblems = { target: {} }
  const named = aliasNameSchema.safeParse(draft.name)
  if (draft.name === '') problems.name = 'It needs a name to be asked by.'
  else if (!named.success) problems.name = sentence(named.error.issues[0]?.message ?? '')
  else if (taken.includes(draft.name)) problems.name = 'Another alias has this name.'
  if (draft.targets.length === 0) problems.targets = 'It needs one model at least.'

  const parsed = saveAliasSchema.safeParse(bodyOf(draft))
  for (const { path, message } of parsed.error?.issues ?? []) {
    const [field, index, part] = path
    const key = draft.targets[Number(index)]?.key
    if (field === 'targets' && key) {
      problems.target[key] = part === 'weight' ? 'A weight is a whole number from 1 to 1000.' : message
    } else if (field === 'firstTokenTimeoutMs') problems.firstToken = timeRange
    else if (field === 'idleTimeoutMs') problems.idle = timeRange
  }
  const { target, ...fields } = problems
  const wrong = Object.keys(fields).length > 0 || Object.keys(target).length > 0
  return parsed.success && !wrong ? { alias: parsed.data } : { problems }
}

/** Whether two drafts would be saved as the same alias. */
export function sameDraft(a: AliasDraft, b: AliasDraft): boolean {
  const text = ({ targets, ...rest }: AliasDraft): string =>
    JSON.stringify([rest, targets.map(({ model, weight, when }) => [model, weight, when ?? {}])])
  return text(a) === text(b)
}

const timeRange = 'From 0.1 to 600 seconds.'
const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000)
const milliseconds = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1000)
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
