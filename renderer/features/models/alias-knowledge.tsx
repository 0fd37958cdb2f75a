import { useScopeOptions } from '../../client/knowledge/use-scope-options.ts'
import { useResource } from '../../client/resource.ts'
import { sources } from '../../client/resources.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { Section } from '../../components/screen-layout.tsx'

interface AliasKnowledgeProps {
  scopes: readonly string[]
  onChange: (scopes: string[]) => void
}

/** What of the person's notes and files an alias answers from. Nothing while there is none, and none was chosen. */
export function AliasKnowledge({ scopes, onChange }: AliasKnowledgeProps) {
  const options = useScopeOptions(scopes)
  const hasSources = (useResource(sources).data?.length ?? 0) > 0
  if (!hasSources && scopes.length === 0) return null
  return (
    <Section
      title="Answers from notes"
      lead="Every program that asks this alias gets answers looked up there, with the passages cited."
    >
      <div className="flex flex-wrap gap-x-6">
        {options.map(({ scope, label, chosen, toggled }) => (
          <Checkbox key={scope} label={label} checked={chosen} onChange={() => onChange(toggled)} />
        ))}
      </div>
    </Section>
  )
}
