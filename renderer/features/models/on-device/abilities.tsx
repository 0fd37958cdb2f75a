import { Braces, Brain, Eye, Wrench } from 'lucide-react'

const known = [
  { name: 'vision', label: 'sees images', icon: <Eye /> },
  { name: 'tools', label: 'calls tools', icon: <Wrench /> },
  { name: 'json', label: 'answers in JSON', icon: <Braces /> },
  { name: 'reasoning', label: 'reasons first', icon: <Brain /> }
] as const

/** What a model can do, as small signs. */
export function AbilityIcons({ abilities }: { abilities: Partial<Record<string, boolean>> }) {
  return (
    <span className="inline-flex gap-1.5 align-[-2px] text-text-3 [&_svg]:size-3.5">
      {known
        .filter(({ name }) => abilities[name])
        .map(({ name, label, icon }) => (
          <span key={name} title={label}>
            {icon}
            <span className="sr-only">{label}</span>
          </span>
        ))}
    </span>
  )
}
