import { Worker } from 'node:worker_threads'
import { entryUrl } from '../../lib/entry-url.ts'

/**
 * Why the system does not let this folder be watched; null where it does. On Linux @parcel/watcher (2.6.0) waits for ever,
 * and the whole process with it, where a person's programs have all the watchers (`max_user_instances`) that one may have.
 * A thread has one of its own, so it is there that it is tried.
 */
export async function watchRefusal(folder: string): Promise<Error | null> {
  if (process.platform !== 'linux') return null
  const probe = new Worker(entryUrl(import.meta.url, './watch-probe.worker.ts'), {
    workerData: folder,
    name: 'watch-probe'
  })
  return new Promise((resolve) => {
    probe.once('error', resolve)
    probe.once('exit', () => resolve(null))
  })
}
