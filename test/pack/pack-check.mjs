// Packs the built app with a fake Electron distribution, looks inside, and runs the end-to-end suite on what was packed.
// Proves electron-builder.yml, the list of files, fuses, the archive and the closure of dependencies; not Electron itself.
// node test/pack/pack-check.mjs [--no-e2e]
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { checkConfig } from './config-check.mjs'
import { writeFakeElectron } from './fake-electron.mjs'

const root = join(import.meta.dirname, '../..')
const temporary = mkdtempSync(join(tmpdir(), 'homeport-pack-'))
const run = (name, args, env = {}) => {
  const file = join(root, 'node_modules/.bin', name)
  const { status } = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env }
  })
  assert.equal(status, 0, `${name} ${args.join(' ')}`)
}

function pack() {
  const distribution = join(temporary, 'electron')
  const output = join(temporary, 'out')
  writeFakeElectron(distribution)
  const overrides = [`-c.electronDist=${distribution}`, `-c.directories.output=${output}`]
  run('electron-builder', ['--linux', 'dir', '-c', 'electron-builder.yml', ...overrides])
  return join(output, 'linux-unpacked')
}

async function checkFuses(executable) {
  const fuses = await getCurrentFuseWire(executable)
  const isOn = (name) => fuses[FuseV1Options[name]] === FuseState.ENABLE
  const off = [
    'RunAsNode',
    'EnableNodeOptionsEnvironmentVariable',
    'EnableNodeCliInspectArguments',
    'GrantFileProtocolExtraPrivileges'
  ]
  const on = ['EnableCookieEncryption', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar']
  assert.deepEqual(off.filter(isOn), [], 'fuses that must be off')
  assert.deepEqual(
    on.filter((name) => !isOn(name)),
    [],
    'fuses that must be on'
  )
}

/** Every entry of the build, its data files, no development file, and native libraries outside the archive. */
function checkFiles(asar) {
  const packed = listPackage(asar, { isPack: false }).map((path) => path.replaceAll('\\', '/'))
  const unpacked = readdirSync(`${asar}.unpacked`, { recursive: true }).map((path) =>
    `/${path}`.replaceAll('\\', '/')
  )
  const entries = [
    'main',
    'daemon',
    'cli',
    'inference.worker',
    'writer.worker',
    'integrity.worker',
    'gguf-check.worker',
    'receive.worker',
    'ingest.worker',
    'reading.worker',
    'watch-probe.worker',
    'search.worker',
    'question-embedder.worker',
    'traces.worker'
  ]
  const needed = [
    ...entries.map((name) => `/out/main/${name}.mjs`),
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
    '/out/renderer/quick.html',
    '/resources/prices/prices.json',
    '/resources/models/models.json',
    '/resources/models/on-device.json',
    '/resources/embedder/static-60k-156.bin',
    '/resources/icons/tray/Template@2x.png',
    '/package.json'
  ]
  assert.deepEqual(
    needed.filter((path) => !packed.includes(path)),
    [],
    'missing in the archive'
  )
  assert(
    packed.some((path) => /^\/out\/main\/migrations\/.+\.sql$/.test(path)),
    'no migrations in the archive'
  )
  const development =
    /^\/(core|main|test|docs|node_modules\/(node-(linux|win|bin)-|react|electron|typescript|vite|playwright))/
  assert.deepEqual(
    packed.filter((path) => development.test(path)),
    [],
    'development files in the archive'
  )

  const natives = [
    /better-sqlite3\/prebuilds\/linux-x64\.node$/,
    /keyring\.linux-x64-gnu\.node$/,
    /sqlite-vec-linux-x64\/vec0\.so$/,
    /watcher-linux-x64-glibc\/watcher\.node$/,
    /linux-x64\/.*llama-addon\.node$/
  ]
  if (process.arch === 'x64')
    for (const native of natives)
      assert(
        unpacked.some((path) => native.test(path)),
        `not unpacked: ${native}`
      )
  const isNative = (path) => /\.(node|so|dylib|dll)$/.test(path)
  assert.deepEqual(
    packed.filter((path) => isNative(path) && !unpacked.includes(path)),
    [],
    'native, inside the archive'
  )
  const bytes = unpacked
    .map((path) => statSync(`${asar}.unpacked${path}`).size)
    .reduce((sum, size) => sum + size, statSync(asar).size)
  return { files: packed.length, unpacked: unpacked.length, megabytes: Math.round(bytes / 1e6) }
}

try {
  await checkConfig()
  const app = pack()
  const asar = join(app, 'resources/app.asar')
  await checkFuses(join(app, 'homeport'))
  const summary = checkFiles(asar)
  if (!process.argv.includes('--no-e2e')) {
    const tree = join(temporary, 'tree')
    extractAll(asar, tree)
    assert.equal(JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8')).name, 'homeport')
    run('playwright', ['test', '--reporter=list,json'], {
      HOMEPORT_E2E_ROOT: tree,
      HOMEPORT_E2E_BACKEND: 'standin'
    })
  }
  process.stdout.write(`pack-check: ${JSON.stringify(summary)}\n`)
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
