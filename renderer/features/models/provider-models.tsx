import { useEffect, useState } from 'react'
import type { TargetHealth } from '../../../core/contract/aliases.ts'
import type { Provider } from '../../../core/contract/models.ts'
import { useResource } from '../../client/resource.ts'
import { health, models } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Section } from '../../components/screen-layout.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { type ModelColumn, type ModelRowData, modelColumns } from './model-columns.tsx'
import { countModels } from './provider-facts.ts'

/** So many rows at first; the rest on demand. */
const FIRST = 100

/** Every model a provider offers: what is known of it, and how it has been doing. */
export function ProviderModels({ provider }: { provider: Provider }) {
  const all = useResource(models).data
  const targets = useResource(health).data
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(FIRST)
  const byModel = new Map(targets?.map((target) => [target.model, target]))
  const own = (all ?? [])
    .filter((model) => model.providerId === provider.id)
    .map((model): ModelRowData => ({ model, target: byModel.get(model.id) }))
  const columns = modelColumns.filter((column) => own.some((row) => column.has(row)))
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = own.filter(({ model }) => words.every((word) => model.id.toLowerCase().includes(word)))
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
              <th scope="col" className="font-medium">
                Name
              </th>
              {columns.map(({ head, className }) => (
                <th key={head} scope="col" className={classNames('font-medium', className)}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          {found.slice(0, shown).map((row) => (
            <ModelRow key={row.model.id} row={row} columns={columns} />
          ))}
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

/** A row of the table, and below it, in full, what made calls fail lately. */
function ModelRow({ row, columns }: { row: ModelRowData; columns: readonly ModelColumn[] }) {
  const { model, target } = row
  return (
    <tbody className="group border-b border-line">
      <tr className="h-9">
        <th scope="row" className="pr-2 text-left font-normal">
          <span className="flex items-center gap-1">
            <span className="truncate" title={model.id}>
              {model.name}
            </span>
            <span className="opacity-0 group-hover:opacity-100 focus-within:opacity-100">
              <CopyButton text={model.id} label={`Copy ${model.id}`} />
            </span>
          </span>
        </th>
        {columns.map((column) => (
          <td key={column.head} className={classNames('text-text-2', column.className)}>
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {target && target.failures > 0 && (
        <tr>
          <td colSpan={columns.length + 1} className="pb-2 text-xs [overflow-wrap:anywhere] text-text-3">
            {target.failures} of {target.calls} failed{target.lastError && `: ${target.lastError}`}
          </td>
        </tr>
      )}
    </tbody>
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
