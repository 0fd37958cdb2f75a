import { changeSettings, downloads, models } from '../../client/resources.ts'

const watched = new Set<string>()

/**
 * Ends the first run with this download's model, once it is done: new chats ask it. Also when the window shows something
 * else by then; a download that is cancelled ends nothing.
 */
export function beginWithDownload(id: string): void {
  if (watched.has(id)) return
  watched.add(id)
  const stop = downloads.store.subscribe(({ data }) => {
    const download = data?.find((known) => known.id === id)
    if (download && download.state !== 'done') return
    stop()
    watched.delete(id)
    if (download?.modelId == null) return
    const defaultModel = `on-device/${download.modelId}`
    // what went wrong shows where it matters: the model can be chosen in the chat all the same
    changeSettings({ defaultModel, onboardingDone: true })
      .then(() => models.refresh())
      .catch(() => undefined)
  })
}
