import { useState } from 'react'
import type { IndexEstimate, Source } from '../../../../core/contract/knowledge.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { useResource } from '../../../client/resource.ts'
import { embedders } from '../../../client/resources.ts'
import { ConfirmDialog } from '../../../components/dialog.tsx'
import { SettingRow } from '../../../components/screen-layout.tsx'
import { Select } from '../../../components/select.tsx'
import { showToast } from '../../../components/toasts.tsx'
import { embedderOptions, estimateCost, estimateWords } from './embedder-words.ts'
import { changeSource } from './source-actions.ts'

/** The source's embedder. What a change costs is said, and asked about, before anything is spent. */
export function EmbedderSetting({ source }: { source: Source }) {
  const { id, folder, embedder } = source
  const [wanted, setWanted] = useState<{ embedder: string; estimate: IndexEstimate } | null>(null)
  const options = embedderOptions(useResource(embedders).data ?? [], embedder)
  const change = async (next: string, costConfirmed: boolean): Promise<string | null> =>
    changeSource(id, { embedder: next, costConfirmed })

  const choose = async (next: string): Promise<void> => {
    if (next === embedder) return
    try {
      const query = { folder, embedder: next }
      const estimate = await daemon.invoke('GET /app/knowledge/estimate', { query })
      if (estimateCost(estimate) !== null) return setWanted({ embedder: next, estimate })
      const problem = await change(next, false)
      if (problem) showToast(problem)
    } catch (thrown) {
      showToast(errorText(thrown))
    }
  }
  return (
    <SettingRow
      label="Finds by meaning with"
      hint="After a change all is embedded anew behind the scenes; until then the old index answers."
    >
      <div className="w-60">
        <Select
          label="Finds by meaning with"
          value={embedder}
          options={options}
          onChange={(next) => void choose(next)}
        />
      </div>
      <ConfirmDialog
        open={wanted !== null}
        onClose={() => setWanted(null)}
        title="Embed everything anew"
        confirm={wanted ? `Embed ${estimateCost(wanted.estimate) ?? ''}` : 'Embed'}
        onConfirm={() => change(wanted?.embedder ?? embedder, true)}
      >
        {wanted && `${estimateWords(wanted.estimate)}. The text of all these files goes to the provider.`}
      </ConfirmDialog>
    </SettingRow>
  )
}
