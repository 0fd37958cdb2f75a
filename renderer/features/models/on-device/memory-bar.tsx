import type { EngineStatus } from '../../../../core/contract/local-models.ts'
import { formatBytes } from '../../../components/format/tokens.ts'
import { memoryParts } from './running-words.ts'

/** Told apart by their place in the legend; equal lightness, so that none shouts. */
const colours = ['bg-data-1', 'bg-data-3', 'bg-data-2', 'bg-data-4', 'bg-data-5']

/** What models may take together, and which model takes how much of it. */
export function MemoryBar({ status }: { status: EngineStatus }) {
  const { memory } = status
  const parts = memoryParts(status)
  const others = Math.max(0, memory.systemTotalBytes - memory.systemFreeBytes)
  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: of several parts, which <meter> cannot show */}
      <div
        role="meter"
        aria-label="Memory of models"
        aria-valuemin={0}
        aria-valuemax={memory.budgetBytes}
        aria-valuenow={Math.min(memory.usedBytes, memory.budgetBytes)}
        aria-valuetext={`${formatBytes(memory.usedBytes)} of ${formatBytes(memory.budgetBytes)}`}
        className="flex h-3 gap-px overflow-hidden rounded-full bg-press"
      >
        {parts.map(({ id, name, bytes, part }, index) => (
          <div
            key={id}
            title={`${name}: ${formatBytes(bytes)}`}
            className={`h-full min-w-1 transition-[width] duration-300 motion-reduce:transition-none ${colours[index % colours.length]}`}
            style={{ width: `${part * 100}%` }}
          />
        ))}
      </div>
      <div className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1 text-s text-text-2">
        {parts.map(({ id, name, bytes }, index) => (
          <span key={id} className="inline-flex items-center gap-2">
            <span className={`size-2 rounded-full ${colours[index % colours.length]}`} />
            {name}
            <span className="text-text-3">{formatBytes(bytes)}</span>
          </span>
        ))}
        <span className="text-text-3">
          {formatBytes(Math.max(0, memory.budgetBytes - memory.usedBytes))} left for models
        </span>
        <span className="flex-1" />
        <span className="text-text-3">
          System: {formatBytes(others)} of {formatBytes(memory.systemTotalBytes)} in use
        </span>
      </div>
    </div>
  )
}
