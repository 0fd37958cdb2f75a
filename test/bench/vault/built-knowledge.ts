import { cpSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

type Built = Pick<typeof import('../../../core/store/open-store.ts'), 'openStore'> &
  Pick<typeof import('../../../core/vault/open-knowledge.ts'), 'openKnowledge'>

const root = resolve(import.meta.dirname, '../../..')
/** As deep as the product's own build, so that it finds the same files. */
const outDir = join(root, 'out/bench')
const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8')
)
const core = (path: string): string => join(root, 'core', path)

/**
 * The product's store and knowledge as they are shipped. From their sources each thread would first make JavaScript of them,
 * which takes it longer than all else until its first work.
 */
export async function builtKnowledge(): Promise<Built> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: Object.keys(dependencies) },
    build: {
      outDir,
      ssr: true,
      target: 'node24',
      rolldownOptions: {
        input: {
          'open-store': core('store/open-store.ts'),
          'open-knowledge': core('vault/open-knowledge.ts'),
          'writer.worker': core('store/writer.worker.ts'),
          'integrity.worker': core('store/integrity.worker.ts'),
          'ingest.worker': core('vault/ingest.worker.ts'),
          'reading.worker': core('vault/reading.worker.ts'),
          'watch-probe.worker': core('vault/folder/watch-probe.worker.ts'),
          'search.worker': core('vault/search.worker.ts')
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' }
      }
    }
  })
  cpSync(core('store/migrations'), join(outDir, 'migrations'), { recursive: true })
  const load = (name: string) => import(pathToFileURL(join(outDir, `${name}.mjs`)).href)
  return { ...(await load('open-store')), ...(await load('open-knowledge')) }
}
