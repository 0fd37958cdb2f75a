import { DEFAULT_SIMILARITY, type Settings } from '../../../core/contract/settings.ts'
import { useResource } from '../../client/resource.ts'
import { appKeys } from '../../client/resources.ts'
import { SettingRow } from '../../components/screen-layout.tsx'
import { Select } from '../../components/select.tsx'
import { Switch } from '../../components/switch.tsx'
import { keyLikeness, type Likeness, withKeyLikeness } from './key-likeness.ts'

type Semantic = NonNullable<Settings['cache']['semantic']>

const likenesses = [
  { value: String(DEFAULT_SIMILARITY), label: 'Usual' },
  { value: '0.8', label: 'Strict' },
  { value: '0.9', label: 'Very strict' }
]
const ofKeys = [{ value: 'as-set', label: 'As set above' }, ...likenesses, { value: 'never', label: 'Never' }]

/** Whether a question in other words gets the answer too, how like it must be, and for which programs otherwise. */
export function SimilarQuestions(props: {
  semantic: Semantic | undefined
  onChange: (semantic: Semantic) => void
}) {
  const semantic = props.semantic ?? { enabled: false, threshold: DEFAULT_SIMILARITY }
  const keys = useResource(appKeys).data?.filter((key) => key.revokedAt === null) ?? []
  return (
    <>
      <SettingRow
        label="Similar questions"
        hint="Also for a last message that asks the same in other words, in English. One name, number or “not” more is another question."
      >
        <Switch
          label="Similar questions"
          checked={semantic.enabled}
          onChange={(enabled) => props.onChange({ ...semantic, enabled })}
        />
      </SettingRow>
      {semantic.enabled && (
        <LikenessRow
          label="How similar"
          value={String(semantic.threshold)}
          options={likenesses}
          onChange={(threshold) => props.onChange({ ...semantic, threshold: Number(threshold) })}
        />
      )}
      {semantic.enabled &&
        keys.map(({ id, name }) => (
          <LikenessRow
            key={id}
            label={`How similar for ${name}`}
            value={keyLikeness(semantic.keys, id)}
            options={ofKeys}
            onChange={(likeness) =>
              props.onChange({ ...semantic, keys: withKeyLikeness(semantic.keys, id, likeness) })
            }
          />
        ))}
    </>
  )
}

function LikenessRow(props: {
  label: string
  value: Likeness
  options: readonly { value: Likeness; label: string }[]
  onChange: (value: Likeness) => void
}) {
  const { label, value, options, onChange } = props
  const isUsual = options.some((option) => option.value === value)
  return (
    <SettingRow label={label}>
      <Select
        label={label}
        value={value}
        options={isUsual ? options : [...options, { value, label: value }]}
        onChange={onChange}
      />
    </SettingRow>
  )
}
