import { Cloud, Cpu, Plug } from 'lucide-react'
import { useState } from 'react'
import type { ProviderKind } from '../../../core/contract/models.ts'
import { useResource } from '../../client/resource.ts'
import { providerKinds } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { groupKinds, isCustom, isLocal, kindName } from './provider-kinds.ts'

interface KindPickerProps {
  /** `cloud`: without the servers that run on this machine. */
  only?: 'cloud'
  onChoose: (kind: ProviderKind) => void
}

/** Every kind of provider that can be added, to be found by some letters of its name. */
export function KindPicker({ only, onChoose }: KindPickerProps) {
  const { data, error } = useResource(providerKinds)
  const [search, setSearch] = useState('')
  if (data === null) {
    return error ? (
      <Notice tone="bad" action={<Button onClick={() => void providerKinds.refresh()}>Try again</Button>}>
        {error}
      </Notice>
    ) : (
      <SkeletonRows count={5} height={44} />
    )
  }
  const offered = only === 'cloud' ? data.filter((kind) => !isLocal(kind)) : data
  const groups = groupKinds(offered, search)
  return (
    <div className="flex flex-col gap-4">
      <SearchField label="Search providers" value={search} onSearch={setSearch} />
      {groups.length === 0 && (
        <p className="py-3 text-center text-s text-text-3">
          No provider of that name. If it speaks the OpenAI dialect, add it as Custom.
        </p>
      )}
      {groups.map((group) => (
        <section key={group.label} aria-label={group.label}>
          <h3 className="pb-1.5 text-xs font-medium text-text-3">{group.label}</h3>
          <div className="grid grid-cols-3 gap-2 max-[640px]:grid-cols-2">
            {group.kinds.map((kind) => (
              <button
                key={kind.kind}
                type="button"
                onClick={() => onChoose(kind)}
                className="flex h-10 items-center gap-2.5 rounded-md border border-line px-3 text-left text-s transition-colors hover:border-line-strong hover:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-text-3"
              >
                {isCustom(kind) ? <Plug /> : isLocal(kind) ? <Cpu /> : <Cloud />}
                <span className="truncate">{kindName(kind)}</span>
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
