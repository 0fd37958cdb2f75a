import type { TraceSummary } from '../../contract/traces.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ReplayedRequest, Traces } from '../../traces/traces.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type TraceRoutes = Extract<
  keyof AppHandlers,
  | `${string} /app/traces${string}`
  | `${string} /app/trace-facets`
  | `${string} /app/trace-export`
  | `${string} /app/trace-erasure`
  | `${string} /app/trace-views`
>

/** What was recorded, as the control API needs it. */
export interface TraceParts {
  traces: Pick<
    Traces,
    | 'list'
    | 'get'
    | 'summary'
    | 'update'
    | 'erase'
    | 'facets'
    | 'exportPage'
    | 'views'
    | 'saveViews'
    | 'requestOf'
    | 'recorded'
  >
  onChange(trace: TraceSummary): void
  onErase(id: string): void
  /** Asks another model the same, in the dialect it was asked in. Resolves with the new trace's id when it has ended. */
  replay(request: ReplayedRequest, model: string, signal: AbortSignal): Promise<string>
}

/** `/app/traces`, `/app/trace-facets`, `/app/trace-export`, `/app/trace-erasure` and `/app/trace-views`. */
export function traceHandlers({
  traces,
  onChange,
  onErase,
  replay
}: TraceParts): Pick<AppHandlers, TraceRoutes> {
  /** Resolves with those that were there. */
  const erase = async (ids: readonly string[], keep: 'numbers' | undefined): Promise<string[]> => {
    const erased = await traces.erase(ids, keep === 'numbers' ? 'texts' : 'all')
    for (const id of erased) {
      const summary = traces.summary(id)
      if (summary) onChange(summary)
      else onErase(id)
    }
    return erased
  }
  return {
    'GET /app/traces': async ({ query }) => ({ traces: await traces.list(query) }),
    'GET /app/traces/:id': async ({ params }) => existing(await traces.get(pathParam(params, 'id'))),
    'PATCH /app/traces/:id': async ({ params, body }) => {
      const id = pathParam(params, 'id')
      onChange(existing(await traces.update(id, body)))
      return existing(await traces.get(id))
    },
    'DELETE /app/traces/:id': async ({ params, query }) => {
      const erased = await erase([pathParam(params, 'id')], query.keep)
      if (erased.length === 0) throw gone()
      return { ok: true }
    },
    'POST /app/trace-erasure': async ({ body }) => ({ erased: await erase(body.ids, body.keep) }),
    'POST /app/traces/:id/replay': async ({ params, body, signal }) => {
      const replayed = await replay(traces.requestOf(pathParam(params, 'id')), body.model, signal)
      await traces.recorded(replayed)
      return existing(await traces.get(replayed))
    },
    'GET /app/trace-facets': async ({ query }) => traces.facets(query),
    'GET /app/trace-export': async ({ query }) => traces.exportPage(query),
    'GET /app/trace-views': async () => ({ views: traces.views() }),
    'PUT /app/trace-views': async ({ body }) => ({ views: await traces.saveViews(body.views) })
  }
}

function existing<T>(trace: T | null): T {
  if (trace === null) throw gone()
  return trace
}

const gone = (): HomeportError =>
  new HomeportError('not-found', 'This trace does not exist, or its retention has ended.')
