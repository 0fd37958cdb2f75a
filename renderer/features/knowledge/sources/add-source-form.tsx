import { FolderPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { BUILT_IN_EMBEDDER, type Source } from '../../../../core/contract/knowledge.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { useResource } from '../../../client/resource.ts'
import { embedders } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Select } from '../../../components/select.tsx'
import { embedderOptions, estimateCost, estimateWords } from './embedder-words.ts'
import { FolderField } from './folder-field.tsx'
import { addSource } from './source-actions.ts'
import { type Estimate, useEstimate } from './use-estimate.ts'

interface AddSourceFormProps {
  onAdded: (source: Source) => void
}

/** A folder by its path, how it is embedded, and what that takes before it is done. */
export function AddSourceForm({ onAdded }: AddSourceFormProps) {
  const [path, setPath] = useState('')
  const [embedder, setEmbedder] = useState(BUILT_IN_EMBEDDER)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const options = embedderOptions(useResource(embedders).data ?? [], embedder)
  const folder = path.trim()
  const answer = useEstimate(folder, embedder)
  const cost = answer.state === 'known' ? estimateCost(answer.estimate) : null

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      onAdded(await addSource({ folder, embedder, costConfirmed: cost !== null }))
    } catch (thrown) {
      setError(errorText(thrown))
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <FolderField path={path} error={answer.state === 'failed' ? answer.error : null} onChange={setPath} />
      {options.length > 1 && (
        <Field label="Finds by meaning with">
          {({ id }) => (
            <Select
              id={id}
              label="Finds by meaning with"
              value={embedder}
              options={options}
              onChange={setEmbedder}
            />
          )}
        </Field>
      )}
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex items-center justify-between gap-4">
        <p aria-live="polite" className="text-s text-text-3">
          {progressOf(answer)}
        </p>
        {/* a price that is being looked up has not been seen yet */}
        <Button
          type="submit"
          look="primary"
          icon={<FolderPlus />}
          disabled={busy || folder === '' || answer.state !== 'known'}
        >
          {cost === null ? 'Add the folder' : `Add ${cost}`}
        </Button>
      </div>
    </form>
  )
}

function progressOf(answer: Estimate): string | null {
  if (answer.state === 'asking') return 'Looking at the folder'
  return answer.state === 'known' ? estimateWords(answer.estimate) : null
}
