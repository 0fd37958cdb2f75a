import { useEffect, useState } from 'react'
import type { RoutePreview, RoutePreviewRequest } from '../../../core/contract/aliases.ts'
import { errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'

export type Needs = Pick<RoutePreviewRequest, 'hasImages' | 'hasTools' | 'wantsJson' | 'onDeviceOnly'>

interface Preview {
  result: RoutePreview | null
  error: string | null
}

/** Typing pauses for so long before the daemon is asked. */
const PAUSE_MS = 200

/** What the daemon's routing says of a request, a moment after it was last changed; until then what it said before. */
export function usePreview(
  subject: Pick<RoutePreviewRequest, 'model' | 'draft'> | null,
  prompt: string,
  needs: Needs,
  appKeyId: string
): Preview {
  const [preview, setPreview] = useState<Preview>({ result: null, error: null })
  const model = subject?.model
  const draft = subject?.draft
  useEffect(() => {
    if (model === undefined) return
    let current = true
    const timer = setTimeout(() => {
      const body = {
        model,
        ...(draft && { draft }),
        prompt,
        ...needs,
        ...(appKeyId === '' ? {} : { appKeyId })
      }
      daemon.invoke('POST /app/route-preview', { body }).then(
        (result) => current && setPreview({ result, error: null }),
        (thrown: unknown) => current && setPreview({ result: null, error: errorText(thrown) })
      )
    }, PAUSE_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [model, draft, prompt, needs, appKeyId])
  return preview
}
