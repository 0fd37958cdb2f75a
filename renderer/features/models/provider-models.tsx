import { Braces, Brain, Eye, Wrench } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { TargetHealth } from '../../../core/contract/aliases.ts'
import type { Model, Provider } from '../../../core/contract/models.ts'
import { shortContext } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { health, models } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { formatDurationShort } from '../../components/format/time.ts'
import { Section } from '../../components/screen-layout.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { countModels, describeHealth } from './provider-facts.ts'

/** So many rows at first; the rest on demand. */
const FIRST = 100

/** Every model a provider offers: what it can do, whether its price is known, how it has been doing. */
export function ProviderModels({ provider }: { provider: Provider }) {
  const all = useResource(models).data
  const targets = useResource(health).data
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(FIRST)
  const own = (all ?? []).filter((model) => model.providerId === provider.id)
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = own.filter((model) => words.every((word) => model.id.toLowerCase().includes(word)))
  const byModel = new Map(targets?.map((target) => [target.model, target]))
  useRestEnd(targets ?? [])
  return (
    <Section
      title="Models"
      lead={
        all === null
          ? ' '
          : own.length === 0
            ? 'It lists none. Test it again, or name its models under Change.'
            : `${countModels(own.length)}, asked as ${provider.id}/name.`
      }
      action={
        own.length > 8 && (
          <div className="w-56">
            <SearchField label="Search models" value={search} onSearch={setSearch} />
          </div>
        )
      }
    >
      {all === null && <SkeletonRows count={6} height={36} />}
      {own.length > 0 && (
        <table className="w-full table-fixed text-s">
          <thead>
            <tr className="h-8 border-b border-line text-left text-xs text-text-3">
              <Head>Name</Head>
              <Head className="w-[72px] text-right">Context</Head>
              <Head className="w-[104px] pl-4">Can do</Head>
              <Head className="w-[76px]">Price</Head>
              <Head className="w-[72px] text-right">First word</Head>
              <Head className="w-[230px] pl-5 max-[860px]:w-[170px]">Health</Head>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-b border-line">
            {found.slice(0, shown).map((model) => (
              <ModelRow key={model.id} model={model} target={byModel.get(model.id)} />
            ))}
          </tbody>
        </table>
      )}
      {own.length > 0 && found.length === 0 && (
        <p className="py-4 text-s text-text-3">No model of that name.</p>
      )}
      {found.length > shown && (
        <Button look="quiet" className="mt-2" onClick={() => setShown(found.length)}>
          Show all {found.length}
        </Button>
      )}
    </Section>
  )
}

function Head({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="col" className={classNames('font-medium', className)}>
      {children}
    </th>
  )
}

function ModelRow({ model, target }: { model: Model; target: TargetHealth | undefined }) {
  const { tone, words } = describeHealth(target, Date.now())
  const inFlight = target && target.inFlight > 0 ? `, ${target.inFlight} in flight` : ''
  return (
    <tr className="group h-9">
      <td className="pr-2">
        <span className="flex items-center gap-1">
          <span className="truncate" title={model.id}>
            {model.name}
          </span>
          <span className="opacity-0 group-hover:opacity-100 focus-within:opacity-100">
            <CopyButton text={model.id} label={`Copy ${model.id}`} />
          </span>
        </span>
      </td>
      <td className="text-right text-text-2">
        {model.contextTokens === null ? '' : shortContext(model.contextTokens)}
      </td>
      <td className="pl-4">
        <Abilities {...model.abilities} />
      </td>
      <td className={model.priced ? 'text-text-2' : 'text-text-3'}>{model.priced ? 'known' : 'unknown'}</td>
      <td className="text-right text-text-2">
        {target?.latencyMs == null ? '' : formatDurationShort(target.latencyMs)}
      </td>
      <td className="py-1.5 pl-5">
        <span className="flex items-center gap-2 whitespace-nowrap text-text-2">
          <StatusDot tone={tone} />
          <span className="truncate">{words + inFlight}</span>
        </span>
        {target && target.failures > 0 && (
          <span
            className="block truncate pl-[15px] text-xs text-text-3"
            title={target.lastError ?? undefined}
          >
            {target.failures} of {target.calls} failed{target.lastError && `: ${target.lastError}`}
          </span>
        )}
      </td>
    </tr>
  )
}

const abilityIcons = [
  { name: 'vision', label: 'sees images', icon: <Eye /> },
  { name: 'tools', label: 'calls tools', icon: <Wrench /> },
  { name: 'json', label: 'answers in JSON', icon: <Braces /> },
  { name: 'reasoning', label: 'reasons first', icon: <Brain /> }
] as const

/** What is known that it can do; each has its place, so that columns can be compared. */
function Abilities(abilities: Model['abilities']) {
  return (
    <span className="flex gap-1.5 [&_svg]:size-4">
      {abilityIcons.map(({ name, label, icon }) => (
        <span
          key={name}
          title={abilities[name] ? label : undefined}
          className={classNames('size-4', abilities[name] ? 'text-text-2' : 'invisible')}
        >
          {icon}
          {abilities[name] && <span className="sr-only">{label}</span>}
        </span>
      ))}
    </span>
  )
}

/** Asks for the health again when the next rest is over: no event says so. */
function useRestEnd(targets: readonly TargetHealth[]): void {
  const ends = targets.flatMap(({ restsUntil }) => (restsUntil === null ? [] : [restsUntil]))
  const next = ends.length === 0 ? null : Math.min(...ends)
  useEffect(() => {
    if (next === null) return
    const timer = setTimeout(() => void health.refresh(), Math.min(Math.max(next - Date.now(), 1000), 60_000))
    return () => clearTimeout(timer)
  }, [next])
}
