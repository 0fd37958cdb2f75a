import type { ReactNode } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { CopyButton } from '../../../components/copy-button.tsx'
import { formatAgo } from '../../../components/format/time.ts'
import { formatBytes, formatCount, formatParameters, formatSpeed } from '../../../components/format/tokens.ts'
import { AbilityIcons } from './abilities.tsx'
import { FitBadge } from './fit-badge.tsx'
import { explainFit } from './fit-words.ts'
import { addressOf } from './model-actions.ts'
import { isUsable, kindWords, originWords } from './model-words.ts'

/** What a model is, in figures, and how it does on this machine. */
export function ModelFacts({ model }: { model: LocalModel }) {
  const { parameters, speed, lastUsedAt, fit } = model
  return (
    <section aria-label="Details">
      {isUsable(model) && (
        <div className="mb-5 flex items-baseline gap-3 text-s">
          <FitBadge fit={fit} />
          <span className="text-text-3">{explainFit(fit)}</span>
        </div>
      )}
      <dl className="grid grid-cols-4 gap-x-6 gap-y-4 max-[1240px]:grid-cols-3">
        <Fact label="Kind">
          <span className="inline-flex items-center gap-2">
            {kindWords[model.kind]}
            <AbilityIcons abilities={model.abilities} />
          </span>
        </Fact>
        <Fact label="Parameters">{parameters === null ? '–' : formatParameters(parameters)}</Fact>
        <Fact label="Quantisation">{model.quantization ?? '–'}</Fact>
        <Fact label="Size">{formatBytes(model.sizeBytes)}</Fact>
        {model.kind === 'chat' && (
          <Fact label="Answers at">{speed?.output ? formatSpeed(speed.output) : 'not measured yet'}</Fact>
        )}
        <Fact label="Reads at">{speed?.prompt ? formatSpeed(speed.prompt) : 'not measured yet'}</Fact>
        <Fact label="Trained for">
          {model.contextTokens === null ? '–' : `${formatCount(model.contextTokens)} tokens`}
        </Fact>
        <Fact label="Last used">{lastUsedAt === null ? 'never' : formatAgo(lastUsedAt, Date.now())}</Fact>
      </dl>
      <dl className="mt-4 flex flex-col gap-3">
        <Copyable label="Name for programs" text={addressOf(model.id)} />
        <Copyable label={`File (${originWords[model.origin]})`} text={model.path} />
      </dl>
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-text-3">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt className="text-xs text-text-3">{label}</dt>
      <dd className="flex items-center gap-1 font-mono text-xs">
        <span className="min-w-0 [overflow-wrap:anywhere] select-text">{text}</span>
        <CopyButton text={text} label={`Copy ${text}`} />
      </dd>
    </div>
  )
}
