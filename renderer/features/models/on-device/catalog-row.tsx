import type { CatalogModel } from '../../../../core/contract/downloads.ts'
import { shortContext } from '../../../client/model-options.ts'
import { formatParameters } from '../../../components/format/tokens.ts'
import { AbilityIcons } from './abilities.tsx'
import { FileChoice } from './file-choice.tsx'
import { kindWords } from './model-words.ts'

/** A model of the catalog: what it is and is good for, and which of its files to have. */
export function CatalogRow({ model }: { model: CatalogModel }) {
  const facts = [
    model.kind === 'chat' ? null : kindWords[model.kind],
    formatParameters(model.parameters),
    `${shortContext(model.contextTokens)} context`,
    model.publisher,
    model.licence
  ].filter((fact) => fact !== null)
  return (
    <li aria-label={model.name} className="flex min-h-[76px] items-center gap-6 py-3">
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2.5">
          <h3 className="truncate font-medium" title={model.repo}>
            {model.name}
          </h3>
          <AbilityIcons abilities={model.abilities} />
        </div>
        <p className="text-s text-text-2">{model.goodFor}</p>
        <p className="truncate text-xs text-text-3">{facts.join(' · ')}</p>
      </div>
      <FileChoice name={model.name} repo={model.repo} files={model.files} />
    </li>
  )
}
