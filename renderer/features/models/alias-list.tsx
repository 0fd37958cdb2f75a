import { ChevronRight, Plus } from 'lucide-react'
import type { Alias } from '../../../core/contract/aliases.ts'
import { shortModelName } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { aliases, models } from '../../client/resources.ts'
import { formatRoute, navigate } from '../../client/route.ts'
import { moveFocusByArrows } from '../../components/arrow-keys.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Rows, Section } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { suggestAliases } from './alias-suggestions.ts'
import { placeId } from './place.ts'
import { strategyOf } from './strategies.ts'
import { useAskableModels } from './use-askable-models.ts'

/** Names of the person's own that stand for models. */
export function AliasList() {
  const { data, error } = useResource(aliases)
  const all = useResource(models).data
  const askable = useAskableModels()
  const suggestions =
    data === null
      ? []
      : suggestAliases(
          askable ?? [],
          data.map(({ name }) => name)
        )
  // without a model there is nothing to give a name to
  if (all?.length === 0 && (data === null || data.length === 0)) return null
  const open = (like: string | null): void => navigate('models', placeId({ show: 'new-alias', like }))
  return (
    <Section
      title="Aliases"
      lead="One name for several models, which you can change at any time."
      action={
        <Button icon={<Plus />} onClick={() => open(null)}>
          New alias
        </Button>
      }
    >
      {data === null ? (
        error ? (
          <Notice tone="bad" action={<Button onClick={() => void aliases.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={2} height={56} />
        )
      ) : (
        <nav aria-label="Aliases" onKeyDown={moveFocusByArrows}>
          <Rows>
            {data.map((alias) => (
              <AliasRow key={alias.name} {...describeAlias(alias)} />
            ))}
            <AliasRow
              name="auto"
              strategy="By difficulty"
              targets="easy requests to a small model, hard ones to the most able"
            />
          </Rows>
        </nav>
      )}
      {suggestions.length > 0 && (
        <div className="mt-3 flex flex-wrap items-center gap-2 text-s text-text-3">
          Worth having:
          {suggestions.map(({ name, hint }) => (
            <Button key={name} icon={<Plus />} title={hint} onClick={() => open(name)}>
              {name}
            </Button>
          ))}
        </div>
      )}
    </Section>
  )
}

function describeAlias({ name, strategy, targets }: Alias): AliasRowProps {
  const models = targets.map(({ model }) => shortModelName(model))
  const arrow = strategy === 'priority' || strategy === 'capability' || strategy === 'rules'
  return { name, strategy: strategyOf(strategy).label, targets: models.join(arrow ? ' → ' : ', ') }
}

interface AliasRowProps {
  name: string
  strategy: string
  targets: string
}

function AliasRow({ name, strategy, targets }: AliasRowProps) {
  return (
    <div>
      <a
        data-row
        href={formatRoute({ screen: 'models', id: placeId({ show: 'alias', name }) })}
        className="-mx-2 flex h-14 cursor-default items-center gap-3 rounded-md px-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="truncate font-medium">{name}</span>
            <span className="text-xs whitespace-nowrap text-text-3">{strategy}</span>
          </span>
          <span className="block truncate text-xs text-text-3">{targets}</span>
        </span>
        <ChevronRight className="size-4 shrink-0 text-text-3" aria-hidden />
      </a>
    </div>
  )
}
