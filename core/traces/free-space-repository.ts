import type { Writer } from '../store/store.ts'

/** 4 MB: what is recorded next takes them. */
const KEPT_PAGES = 1000
/** The writer is busy with them for a few milliseconds. */
const STEP_PAGES = 500

const countFree = 'PRAGMA freelist_count'
const shrink = `PRAGMA incremental_vacuum(${STEP_PAGES})`

/** Gives the disk back what deleted traces took, step by step. */
export async function giveBackSpace(writer: Writer): Promise<void> {
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const [counted] = await writer.write('traces', [{ sql: countFree }])
    const free = Number(counted?.rows[0]?.freelist_count)
    // a file that cannot be made smaller stays as it is
    if (free <= KEPT_PAGES || free >= before) return
    before = free
    await writer.write('traces', [{ sql: shrink }])
  }
}
