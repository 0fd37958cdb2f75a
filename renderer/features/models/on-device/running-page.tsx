import { MemoryStick } from 'lucide-react'
import type { EngineStatus } from '../../../../core/contract/local-models.ts'
import { useResource } from '../../../client/resource.ts'
import { engine } from '../../../client/resources.ts'
import { navigate } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { formatBytes } from '../../../components/format/tokens.ts'
import { Notice } from '../../../components/notice.tsx'
import { Page, Section } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { Devices } from './devices.tsx'
import { MemoryBar } from './memory-bar.tsx'
import { RunningCard } from './running-card.tsx'

/** What is in memory now, what it takes, and what it is busy with. */
export function RunningPage() {
  const { data, error } = useResource(engine)
  if (data === null) {
    return (
      <Page wide>
        {error ? (
          <Notice tone="bad" action={<Button onClick={() => void engine.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={5} height={56} />
        )}
      </Page>
    )
  }
  return (
    <Page wide>
      <Section title="Memory" lead={memoryLead(data)} action={<BudgetButton />}>
        <MemoryBar status={data} />
      </Section>
      <Section title="Models in memory">
        {data.models.length === 0 ? (
          <Nothing />
        ) : (
          <div className="flex flex-col gap-3">
            {data.models.map((model) => (
              <RunningCard key={model.id} model={model} />
            ))}
          </div>
        )}
      </Section>
      <Devices status={data} />
    </Page>
  )
}

function memoryLead({ memory }: EngineStatus): string {
  return `${formatBytes(memory.usedBytes)} of the ${formatBytes(memory.budgetBytes)} that models may take together.`
}

function BudgetButton() {
  return <Button onClick={() => navigate('settings', 'on-device')}>Change</Button>
}

function Nothing() {
  return (
    <div className="flex items-center gap-3.5 rounded-lg border border-dashed border-line-strong px-4 py-4 text-s text-text-2 [&>svg]:size-5 [&>svg]:shrink-0 [&>svg]:text-text-3">
      <MemoryStick />
      <p className="flex-1">
        No model is in memory. One is loaded with its first question, stays while it is used, and leaves when
        idle.
      </p>
      <Button onClick={() => navigate('models', 'installed')}>Load one now</Button>
    </div>
  )
}
