import { Search } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { FoundRepo } from '../../../../core/contract/downloads.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { useResource } from '../../../client/resource.ts'
import { settings } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { TextInput } from '../../../components/field.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Rows, Section } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { FoundRepoRow } from './found-repo-row.tsx'

type HubState =
  | { state: 'idle' }
  | { state: 'searching'; query: string }
  | { state: 'found'; query: string; repos: FoundRepo[] }
  | { state: 'failed'; query: string; error: string }

/** Looks for any other model at Hugging Face, when asked to and not before. */
export function HubSearch({ words }: { words: string }) {
  const mirror = useResource(settings).data?.onDevice.mirrorUrl ?? null
  const host = mirror && URL.canParse(mirror) ? new URL(mirror).host : 'huggingface.co'
  const [query, setQuery] = useState(words)
  const [search, setSearch] = useState<HubState>({ state: 'idle' })
  // what was looked for in the catalog is what one looks for here
  useEffect(() => setQuery(words), [words])

  const run = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const asked = query.trim()
    if (asked === '') return
    setSearch({ state: 'searching', query: asked })
    try {
      const { repos } = await daemon.invoke('GET /app/model-search', { query: { query: asked } })
      setSearch({ state: 'found', query: asked, repos })
    } catch (thrown) {
      setSearch({ state: 'failed', query: asked, error: errorText(thrown) })
    }
  }
  return (
    <Section
      title="More at Hugging Face"
      lead={`All GGUF models there. Your words go to ${host} when you press the button, and not before.`}
    >
      <form onSubmit={(event) => void run(event)} className="flex gap-2 pb-3">
        <TextInput
          aria-label="Words to search Hugging Face for"
          placeholder="A name, or OWNER/REPOSITORY"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Button
          type="submit"
          icon={<Search />}
          disabled={query.trim() === '' || search.state === 'searching'}
        >
          {search.state === 'searching' ? 'Searching' : 'Search Hugging Face'}
        </Button>
      </form>
      <Found search={search} />
    </Section>
  )
}

function Found({ search }: { search: HubState }) {
  switch (search.state) {
    case 'idle':
      return null
    case 'searching':
      return <SkeletonRows count={4} height={52} />
    case 'failed':
      return <Notice tone="bad">{search.error}</Notice>
    default:
      return search.repos.length === 0 ? (
        <p className="text-s text-text-3">No repository with GGUF files for “{search.query}”.</p>
      ) : (
        <ul aria-label="Found at Hugging Face">
          <Rows>
            {search.repos.map((repo) => (
              <FoundRepoRow key={repo.repo} found={repo} />
            ))}
          </Rows>
        </ul>
      )
  }
}
