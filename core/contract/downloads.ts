import { z } from 'zod'
import { localModelKinds, modelFitSchema } from './local-models.ts'

const count = z.number().int().nonnegative()

/** A file at Hugging Face, or at the mirror that is set. */
const repoFile = {
  /** `owner/name`. */
  repo: z.string().regex(/^[\w.-]{1,96}\/[\w.-]{1,96}$/, 'name it OWNER/REPOSITORY'),
  /** Path in the repository. Of a split model, its first part. */
  file: z.string().min(1).max(500),
  /** Branch, tag or commit. */
  revision: z.string().min(1).max(100).default('main')
}

export const startDownloadSchema = z.strictObject(repoFile)
export type StartDownload = z.infer<typeof startDownloadSchema>

/** A model on its way to the models folder. It can be used when it is `done`, and not before. */
export const downloadSchema = z.object({
  id: z.string(),
  ...repoFile,
  name: z.string(),
  state: z.enum(['queued', 'downloading', 'paused', 'verifying', 'done', 'failed']),
  /** All parts together; null until the server has said. */
  sizeBytes: count.nullable(),
  receivedBytes: count,
  bytesPerSecond: z.number().nonnegative().nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  /** Why it failed, in words, and what can be done. */
  problem: z.string().nullable(),
  /** The model it became, after `on-device/`. */
  modelId: z.string().nullable(),
  startedAt: z.number().int()
})
export type Download = z.infer<typeof downloadSchema>

/** A file that can be had, and how it would do here. */
export const offeredFileSchema = z.object({
  file: z.string(),
  quantization: z.string().nullable(),
  /** All parts together. */
  sizeBytes: count.nullable(),
  /** The size is no more than a good guess: the hub was not asked. */
  sizeIsApproximate: z.boolean().optional(),
  /** In hex, where it is known beforehand. */
  sha256: z.string().nullable(),
  fit: modelFitSchema,
  /** Of this machine's models, the one that is this file. */
  installedAs: z.string().nullable()
})
export type OfferedFile = z.infer<typeof offeredFileSchema>

/** A model of the built-in catalog. */
export const catalogModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(localModelKinds),
  publisher: z.string(),
  /** Where its files are. */
  repo: z.string(),
  /** SPDX id, or the name of the licence. */
  licence: z.string(),
  /** What it is good for, in a sentence. */
  goodFor: z.string(),
  parameters: z.number(),
  contextTokens: count,
  abilities: z.object({ tools: z.boolean(), reasoning: z.boolean(), vision: z.boolean() }),
  releasedAt: z.string(),
  /** Smallest first. */
  files: z.array(offeredFileSchema)
})
export type CatalogModel = z.infer<typeof catalogModelSchema>

export const modelSearchQuerySchema = z.strictObject({ query: z.string().min(1).max(200) })
/** A repository of Hugging Face that holds GGUF files. */
export const foundRepoSchema = z.object({
  repo: z.string(),
  downloads: count,
  likes: count,
  updatedAt: z.number().int().nullable(),
  licence: z.string().nullable(),
  /** Its files are given only to those who agreed to its terms there. */
  gated: z.boolean()
})
export type FoundRepo = z.infer<typeof foundRepoSchema>

export const repoFilesQuerySchema = z.strictObject({
  repo: repoFile.repo,
  revision: z.string().min(1).max(100).default('main')
})

/** Whether files are asked for with a token of the person's own account. The token itself is never shown. */
export const modelHubSchema = z.object({ hasToken: z.boolean() })
export const modelHubPatchSchema = z.strictObject({ token: z.string().trim().min(1).max(400).nullable() })
