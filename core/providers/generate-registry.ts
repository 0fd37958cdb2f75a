import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = import.meta.dirname
export const registryPath = join(root, 'registry.generated.ts')

/** The folders that hold a provider: those with an `adapter.ts`. */
export function adapterFolders(): string[] {
  return readdirSync(root)
    .filter((folder) => existsSync(join(root, folder, 'adapter.ts')))
    .sort()
}

/** The text of the registry for these folders. */
export function registrySource(folders: readonly string[]): string {
  const nameOf = (folder: string) => folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const imports = folders.map(
    (folder) => `import { adapters as ${nameOf(folder)} } from './${folder}/adapter.ts'`
  )
  return `// Written by generate-registry.ts from the folders here that have an adapter.ts; a test says whether it is current.
${imports.join('\n')}
import type { ProviderAdapter } from './spec/provider.ts'

export const adapters: readonly ProviderAdapter[] = [
${folders.map((folder) => `  ...${nameOf(folder)}`).join(',\n')}
]
`
}

if (import.meta.main) writeFileSync(registryPath, registrySource(adapterFolders()))
