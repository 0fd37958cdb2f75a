import { setImmediate as otherWork } from 'node:timers/promises'
import type { BookedCall } from './booked-call.ts'

/** Calls one by one. Others get their turn between pages, however many there are. */
export async function* callsOf(pages: Iterable<readonly BookedCall[]>): AsyncGenerator<BookedCall> {
  for (const page of pages) {
    yield* page
    await otherWork()
  }
}
