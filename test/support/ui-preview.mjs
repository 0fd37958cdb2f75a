// Builds the renderer and shows it against a small in-memory daemon, under the CSP of production.
//   node test/support/ui-preview.mjs                    serves until Ctrl C
//   node test/support/ui-preview.mjs --shots [name…]    writes pictures of the screens to test-results/ui and stops
//   --no-build: takes the build of last time; --empty: serves a first run
import { join, resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { createFakeDaemon } from './ui-preview-daemon.mjs'
import { takePictures } from './ui-preview-shots.mjs'

const repo = resolve(import.meta.dirname, '../..')
const outDir = join(repo, 'test-results/ui-build')
const root = join(repo, 'renderer')
const options = process.argv.slice(2)

if (!options.includes('--no-build')) {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [react(), tailwindcss()],
    build: {
      outDir,
      emptyOutDir: true,
      rolldownOptions: { input: { main: join(root, 'index.html'), quick: join(root, 'quick.html') } }
    }
  })
}
if (options.includes('--shots')) {
  const names = options.filter((word) => !word.startsWith('--'))
  await takePictures({ outDir, names, folder: join(repo, 'test-results/ui') })
} else {
  const url = await createFakeDaemon({ outDir, empty: options.includes('--empty') }).listen(7690)
  process.stdout.write(`${url}/#code=preview-code\n`)
}
