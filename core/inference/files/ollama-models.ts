import { readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'
import type { FoundModel } from './found-model.ts'
import { walkFolder } from './model-files.ts'

/** A manifest names the layers of a model; template, parameters and licence are layers beside the weights. */
const manifestSchema = z.object({
  layers: z.array(z.object({ mediaType: z.string(), digest: z.string() })).max(1000)
})
const MODEL_LAYER = 'application/vnd.ollama.image.model'
const ADAPTER_LAYER = 'application/vnd.ollama.image.adapter'
const MAX_MANIFEST_BYTES = 1 << 20
/** Where the service of its Linux installer keeps them. */
const SERVICE_FOLDER = '/usr/share/ollama/.ollama/models'

/**
 * The models that Ollama has pulled: `manifests/<registry>/<namespace>/<name>/<tag>` names the blob that is the GGUF file.
 * Its own template and parameters are left out: the file's template is used. Models with an adapter are left out whole, as
 * they would not be the same without. Layout: server/internal/manifest and types/model/name.go of ollama/ollama.
 */
export async function findOllamaModels(
  home: string,
  env: Readonly<Record<string, string | undefined>>
): Promise<FoundModel[]> {
  const folders = env.OLLAMA_MODELS ? [env.OLLAMA_MODELS] : [join(home, '.ollama', 'models'), SERVICE_FOLDER]
  const found: FoundModel[] = []
  for (const folder of folders) {
    const manifests = join(folder, 'manifests')
    const { files } = await walkFolder(manifests, 3, () => true)
    // of two names for one blob, that with a tag of its own is kept
    const isLatest = (file: string) => Number(file.endsWith(`${sep}latest`))
    for (const file of files.toSorted((a, b) => isLatest(a) - isLatest(b))) {
      const name = nameOf(relative(manifests, file).split(sep))
      const digest = name === null ? null : await modelDigest(file)
      if (name === null || digest === null) continue
      found.push({ path: join(folder, 'blobs', `sha256-${digest}`), origin: 'ollama', stem: name, name })
    }
  }
  return found
}

/** As Ollama shows it: without what is its default. */
function nameOf(parts: string[]): string | null {
  const [registry, namespace, name, tag] = parts
  if (registry === undefined || namespace === undefined || name === undefined || tag === undefined)
    return null
  const isUsual = registry === 'registry.ollama.ai'
  const before = [isUsual ? '' : registry, isUsual && namespace === 'library' ? '' : namespace]
  return `${[...before, name].filter((part) => part !== '').join('/')}:${tag}`
}

/** Hex digits only, so that what a manifest says leads to no other folder. */
async function modelDigest(manifestFile: string): Promise<string | null> {
  try {
    const info = await stat(manifestFile)
    if (!info.isFile() || info.size > MAX_MANIFEST_BYTES) return null
    const { layers } = manifestSchema.parse(JSON.parse(await readFile(manifestFile, 'utf8')))
    if (layers.some((layer) => layer.mediaType === ADAPTER_LAYER)) return null
    const [model, ...others] = layers.filter((layer) => layer.mediaType === MODEL_LAYER)
    if (others.length > 0) return null
    return /^sha256:([0-9a-f]{64})$/.exec(model?.digest ?? '')?.[1] ?? null
  } catch {
    return null // no manifest, or one of a form that is not known
  }
}
