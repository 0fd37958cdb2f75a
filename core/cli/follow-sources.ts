import type { SequencedEvent } from '../contract/events.ts'
import type { Source } from '../contract/knowledge.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Connection } from './connect.ts'
import { onInterrupt } from './interrupt.ts'
import { isUnderWay } from './source-words.ts'

export interface Followed {
  /** How the sources stand, by name. */
  sources: Source[]
  /** The person did not want to wait. The work goes on where another process does it. */
  interrupted: boolean
}

export interface FollowOptions {
  /** What is done to them, before they are looked at. */
  begin?(): Promise<unknown>
  /** Gets every state in between. */
  show(sources: readonly Source[]): void
}

/** Waits until nothing is done any more to the sources that `isWanted`, or Ctrl-C. */
export async function followSources(
  connection: Connection,
  isWanted: (source: Source) => boolean,
  { begin, show }: FollowOptions
): Promise<Followed> {
  const listening = new AbortController()
  let interrupted = false
  const unsubscribe = onInterrupt(() => {
    interrupted = true
    listening.abort()
  })
  let sources: Source[] = []
  const look = async (): Promise<boolean> => {
    const all = await connection.invoke('GET /app/knowledge/sources')
    sources = all.sources.filter(isWanted)
    show(sources)
    return sources.some(isUnderWay)
  }
  try {
    const events = await connection.subscribe(listening.signal)
    await begin?.()
    if (await look()) await untilDone(events, look)
  } catch (error) {
    if (!interrupted) throw error
  } finally {
    unsubscribe()
    listening.abort()
  }
  if (!interrupted && sources.some(isUnderWay))
    throw new HomeportError('unavailable', 'Homeport stopped before the folders were indexed', {
      action: 'It goes on with them when it runs again'
    })
  return { sources, interrupted }
}

async function untilDone(events: AsyncIterable<SequencedEvent>, look: () => Promise<boolean>): Promise<void> {
  for await (const { event } of events) {
    if (event.type !== 'knowledge-changed' && event.type !== 'reset') continue
    if (!(await look())) return
  }
}
