import { Cpu, Gpu } from 'lucide-react'
import type { EngineStatus } from '../../../../core/contract/local-models.ts'
import { formatBytes } from '../../../components/format/tokens.ts'
import { Rows, Section } from '../../../components/screen-layout.tsx'

/** What computes here. */
export function Devices({ status }: { status: EngineStatus }) {
  const { devices, backend } = status
  return (
    <Section title="What computes" lead={backendWords(status)}>
      {devices.length > 0 && (
        <Rows>
          {devices.map(({ name, kind, totalBytes, freeBytes }, index) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: two cards of one make have one name
              key={`${name} ${index}`}
              className="flex min-h-12 items-center gap-4 py-2 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-text-3"
            >
              {kind === 'gpu' ? <Gpu /> : <Cpu />}
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span aria-hidden className="h-1.5 w-48 overflow-hidden rounded-full bg-press max-[860px]:w-32">
                <span
                  className="block h-full bg-data-1"
                  style={{ width: `${totalBytes === 0 ? 0 : (1 - freeBytes / totalBytes) * 100}%` }}
                />
              </span>
              <span className="w-40 text-right text-s text-text-2">
                {formatBytes(freeBytes)} of {formatBytes(totalBytes)} free
              </span>
            </div>
          ))}
        </Rows>
      )}
      {backend === null && devices.length === 0 && (
        <p className="text-s text-text-3">Load a model to see the devices that are used.</p>
      )}
    </Section>
  )
}

function backendWords({ backend, state, devices }: EngineStatus): string {
  if (backend === null) return 'Known once the engine has run.'
  const idle = state === 'stopped' ? ' It starts with the next question.' : ''
  if (backend === 'CPU' && !devices.some(({ kind }) => kind === 'gpu'))
    return `The processor computes; no GPU is in use.${idle}`
  return `The engine computes with ${backend}.${idle}`
}
