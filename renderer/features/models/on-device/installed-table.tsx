import { type ReactNode, useState } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { formatRoute } from '../../../client/route.ts'
import { classNames } from '../../../components/class-names.ts'
import { formatAgo, formatDateTime } from '../../../components/format/time.ts'
import { formatBytes, formatParameters } from '../../../components/format/tokens.ts'
import { StatusDot } from '../../../components/status-dot.tsx'
import { placeId } from '../place.ts'
import { AbilityIcons } from './abilities.tsx'
import { FitBadge } from './fit-badge.tsx'
import { LoadButton } from './load-button.tsx'
import { ModelMenu } from './model-menu.tsx'
import { isUsable, kindWords, originWords, problemWords, speedWords, stateWords } from './model-words.ts'
import { RemoveModelDialog } from './remove-model-dialog.tsx'

const columns: readonly { head: string; className: string; cell: (model: LocalModel) => ReactNode }[] = [
  {
    head: 'Size',
    className: 'w-[76px] text-right',
    cell: ({ sizeBytes }) => formatBytes(sizeBytes)
  },
  {
    head: 'On this machine',
    className: 'w-[156px] pl-6',
    cell: ({ fit }) => <FitBadge fit={fit} />
  },
  {
    head: 'Speed',
    className: 'w-[84px] text-right',
    cell: (model) => speedWords(model) ?? <Unmeasured />
  },
  {
    head: 'Last used',
    className: 'w-[92px] text-right max-[960px]:hidden',
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? (
        <span className="text-text-3">never</span>
      ) : (
        <span title={formatDateTime(lastUsedAt)}>{formatAgo(lastUsedAt, Date.now())}</span>
      )
  }
]

/** Installed models side by side; a name opens its page. */
export function InstalledTable({ models }: { models: readonly LocalModel[] }) {
  const [removing, setRemoving] = useState<LocalModel | null>(null)
  return (
    <>
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
            <th scope="col" className="w-[132px]">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        {models.map((model) => (
          <InstalledRow key={model.id} model={model} onRemove={() => setRemoving(model)} />
        ))}
      </table>
      <RemoveModelDialog model={removing} onClose={() => setRemoving(null)} />
    </>
  )
}

function InstalledRow({ model, onRemove }: { model: LocalModel; onRemove: () => void }) {
  const { tone, label } = stateWords[model.state]
  const usable = isUsable(model)
  return (
    <tbody className="border-b border-line">
      <tr className="h-14">
        <th scope="row" className="pr-2 text-left font-normal">
          <span className="flex items-center gap-3">
            <StatusDot tone={tone} label={label} />
            <span className="min-w-0">
              <a
                href={formatRoute({ screen: 'models', id: placeId({ show: 'model', id: model.id }) })}
                title={model.name}
                className="block cursor-default truncate rounded-sm text-m font-medium hover:underline"
              >
                {model.name}
              </a>
              <span className="flex items-center gap-2 text-xs text-text-3">
                <span className="truncate">{subtitle(model)}</span>
                <AbilityIcons abilities={model.abilities} />
              </span>
            </span>
          </span>
        </th>
        {columns.map(({ head, className, cell }) => (
          <td key={head} className={classNames('text-text-2', className)}>
            {usable || head === 'Size' ? cell(model) : null}
          </td>
        ))}
        <td>
          <span className="flex items-center justify-end gap-1">
            {usable && <LoadButton model={model} />}
            <ModelMenu model={model} onRemove={onRemove} />
          </span>
        </td>
      </tr>
      {!usable && (
        <tr>
          <td
            colSpan={columns.length + 1}
            className={classNames(
              'pb-2.5 pl-5 [overflow-wrap:anywhere]',
              model.state === 'missing' ? 'text-warn-text' : 'text-bad-text'
            )}
          >
            {problemWords(model)}
          </td>
        </tr>
      )}
    </tbody>
  )
}

function subtitle({ kind, parameters, quantization, origin }: LocalModel): string {
  return [
    kind === 'chat' ? null : kindWords[kind],
    parameters === null ? null : formatParameters(parameters),
    quantization,
    originWords[origin]
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function Unmeasured() {
  return (
    <span className="text-text-3" title="Measured with its first answer">
      –
    </span>
  )
}
