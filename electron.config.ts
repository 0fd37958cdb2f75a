import { cpSync } from 'node:fs'
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = import.meta.dirname

/** The SQL files are read at run time, from the folder beside the code: `./migrations/<db>/`. */
const copyMigrations = {
  name: 'copy-migrations',
  closeBundle: () =>
    cpSync(resolve(here, 'core/store/migrations'), resolve(here, 'out/main/migrations'), { recursive: true })
}

export default defineConfig({
  main: {
    plugins: [copyMigrations],
    build: {
      outDir: 'out/main',
      // `dependencies` of package.json stay external (native modules); devDependencies are bundled
      rolldownOptions: {
        input: {
          main: resolve(here, 'main/main.ts'),
          daemon: resolve(here, 'core/cli/daemon-entry.ts'),
          cli: resolve(here, 'core/cli/cli.ts'),
          'writer.worker': resolve(here, 'core/store/writer.worker.ts'),
          'integrity.worker': resolve(here, 'core/store/integrity.worker.ts'),
          'receive.worker': resolve(here, 'core/telemetry/receive.worker.ts'),
          'ingest.worker': resolve(here, 'core/vault/ingest.worker.ts'),
          'watch-probe.worker': resolve(here, 'core/vault/folder/watch-probe.worker.ts'),
          'reading.worker': resolve(here, 'core/vault/reading.worker.ts'),
          'search.worker': resolve(here, 'core/vault/search.worker.ts'),
          'question-embedder.worker': resolve(here, 'core/cache/question-embedder.worker.ts'),
          'traces.worker': resolve(here, 'core/traces/traces.worker.ts'),
          'gguf-check.worker': resolve(here, 'core/inference/files/gguf-check.worker.ts'),
          'inference.worker': resolve(here, 'core/inference/worker/inference.worker.ts')
        },
        // one flat folder: an entry is found as a sibling of whatever chunk asks for it (core/lib/entry-url.ts)
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' }
      }
    }
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false, // a sandboxed preload cannot require() packages: bundle all
      rolldownOptions: {
        input: { preload: resolve(here, 'preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false }
      }
    }
  },
  renderer: {
    root: resolve(here, 'renderer'),
    plugins: [react(), tailwindcss()],
    build: {
      outDir: resolve(here, 'out/renderer'),
      minify: true,
      rolldownOptions: {
        input: { main: resolve(here, 'renderer/index.html'), quick: resolve(here, 'renderer/quick.html') }
      }
    }
  }
})
