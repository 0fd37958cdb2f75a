import { AUTO } from '../../../core/contract/aliases.ts'
import { useResource } from '../../client/resource.ts'
import { aliases } from '../../client/resources.ts'
import { formatRoute } from '../../client/route.ts'
import { Bar, Section } from '../../components/screen-layout.tsx'
import { BackToModels } from './back-to-models.tsx'
import { placeId } from './place.ts'
import { RoutePreviewPanel } from './route-preview.tsx'
import { TwoColumns } from './two-columns.tsx'

const auto = { model: AUTO }

/** What `auto` is, which nobody can redefine, and what it would do. */
export function AutoPage() {
  return (
    <>
      <Bar>
        <BackToModels />
        <h1 className="font-semibold">auto</h1>
      </Bar>
      <TwoColumns aside={<RoutePreviewPanel subject={auto} />}>
        <Section title="How it chooses">
          <div className="flex max-w-[60ch] flex-col gap-3 text-text-2">
            <p>
              Homeport gives each request points for what makes it hard: its length, code, tools, images,
              words that ask for a proof or an analysis. From 0.5 on it is hard.
            </p>
            <p>
              An easy request goes to the alias <AliasLink name="fast" />, a hard one to{' '}
              <AliasLink name="best" />. While there is no such alias, it takes your cheapest models for the
              one, and for the other the dearest, since vendors price their models by what they can do.
            </p>
            <p>
              Nothing is sent anywhere to find this out. Activity says of each call why its model was chosen;
              the preview says it of any prompt beforehand.
            </p>
          </div>
        </Section>
      </TwoColumns>
    </>
  )
}

/** Leads to the alias, or to making it. */
function AliasLink({ name }: { name: string }) {
  const exists = useResource(aliases).data?.some((alias) => alias.name === name) ?? false
  const place = exists ? ({ show: 'alias', name } as const) : ({ show: 'new-alias', like: name } as const)
  return (
    <a
      href={formatRoute({ screen: 'models', id: placeId(place) })}
      className="cursor-default rounded-sm text-accent-text hover:underline"
    >
      {name}
    </a>
  )
}
