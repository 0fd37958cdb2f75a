import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../store/store.test-support.ts'
import { watchFolder } from './watch-folder.ts'

/** The system tells when it has time to. */
const PATIENTLY = { timeout: 10_000 }

/** A watched folder with folders in it, and what is told of it. */
async function watched() {
  const folder = temporaryFolder()
  for (let n = 0; n < 100; n++) mkdirSync(join(folder, `part-${n}`))
  const told: (string[] | null)[] = []
  const watch = await watchFolder(folder, (paths) => void told.push(paths))
  return { folder, told, watch }
}

test('a note that is written is told of by its path, a hidden file is not', async () => {
  const { folder, told, watch } = await watched()
  writeFileSync(join(folder, 'part-1', '.hidden.md'), 'x')
  writeFileSync(join(folder, 'part-1', 'Bread.md'), 'x')
  await vi.waitFor(() => expect(told.flat()).toEqual(['part-1/Bread.md']), PATIENTLY)
  await watch.close()
})

test('what Obsidian leaves out may have changed: then anything may have', async () => {
  const { folder, told, watch } = await watched()
  mkdirSync(join(folder, '.obsidian'))
  writeFileSync(join(folder, '.obsidian', 'app.json'), '{}')
  await vi.waitFor(() => expect(told).toContain(null), PATIENTLY)
  await watch.close()
})

test('a vault that is moved in with its settings says the same', async () => {
  const { folder, told, watch } = await watched()
  const settings = join(temporaryFolder(), '.obsidian')
  mkdirSync(settings)
  writeFileSync(join(settings, 'app.json'), '{}')
  renameSync(settings, join(folder, '.obsidian'))
  await vi.waitFor(() => expect(told).toContain(null), PATIENTLY)
  await watch.close()
})

/** Runs a shell's command as a user who may have no watcher at all, as where other programs have taken all of them. */
function withoutWatchers(command: string, ...args: string[]) {
  const script = `echo 0 > /proc/sys/user/max_inotify_instances && ${command}`
  return spawnSync('unshare', ['--user', '--map-root-user', 'sh', '-c', script, 'sh', ...args], {
    encoding: 'utf8',
    timeout: 30_000
  })
}
// it takes Linux, and leave to make a user of one's own
const canTakeWatchers = process.platform === 'linux' && withoutWatchers('true').status === 0

test.runIf(canTakeWatchers)(
  'where the system refuses to watch, the folder is looked at from time to time',
  () => {
    const program = join(import.meta.dirname, 'test-processes/watch-process.ts')
    const { stdout } = withoutWatchers('exec "$@"', process.execPath, program, temporaryFolder())
    expect(JSON.parse(stdout)).toEqual({
      problem: 'The system cannot watch more files, so changes are seen within 0.1 seconds.',
      paths: null
    })
  }
)

test('a folder that is not there is said to be missing', async () => {
  await expect(watchFolder(join(temporaryFolder(), 'gone'), () => {})).rejects.toMatchObject({
    code: 'ENOENT'
  })
})

test('a watch ends without an error while its folders go away, and tells nothing more', async () => {
  for (let round = 0; round < 15; round++) {
    const { folder, told, watch } = await watched()
    const closing = watch.close()
    rmSync(folder, { recursive: true })
    await expect(closing).resolves.toBeUndefined()
    const before = told.length
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(told).toHaveLength(before)
  }
})
