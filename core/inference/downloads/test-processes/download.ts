import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { silentLogger } from '../../../lib/logger.ts'
import { checkGguf } from '../../files/gguf-check.ts'
import { hubAddress } from '../../hub/hub-address.ts'
import { createHubHttp } from '../../hub/hub-http.ts'
import { DownloadRepository } from '../download-repository.ts'
import { openDownloadStore } from '../download-store.test-support.ts'
import { openDownloads } from '../downloads.ts'

// A daemon's downloads in a process of their own: starts what it is told to, or goes on with what there was, and ends when
// that is done.
const [folder = '', hubUrl = '', repo = '', file = ''] = process.argv.slice(2)
const modelsDir = join(folder, 'models')
mkdirSync(modelsDir, { recursive: true })
const store = await openDownloadStore(folder)
const http = createHubHttp({ token: async () => null, env: {} })
const downloads = await openDownloads({
  repository: new DownloadRepository(store),
  http,
  hub: () => hubAddress(hubUrl),
  modelsDir,
  check: checkGguf,
  installed: async () => 'model',
  knownSha256: () => null,
  parallel: () => 1,
  logger: silentLogger,
  onChange({ state }) {
    if (state === 'done' || state === 'failed') void end()
  },
  onRemove: () => {}
})
// nothing else keeps the process alive while it waits for the network
const alive = setInterval(() => {}, 60_000)
if (repo !== '') await downloads.start({ repo, file, revision: 'main' })

async function end(): Promise<void> {
  clearInterval(alive)
  await downloads.close()
  await http.close()
  await store.close()
}
