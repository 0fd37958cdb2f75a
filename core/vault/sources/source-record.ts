import { z } from 'zod'
import { sourceSchema } from '../../contract/knowledge.ts'

/** What vectors of an index are made with. */
export const indexEmbedderSchema = z.object({
  /** `built-in` or `provider/model`, as the person chose it. */
  choice: z.string(),
  /** What it was found to be; null for the built-in one, which says it itself. */
  model: z
    .object({
      id: z.string(),
      dimensions: z.number().int(),
      weight: z.number(),
      batch: z.number().int()
    })
    .nullable()
})
export type IndexEmbedder = z.infer<typeof indexEmbedderSchema>

/** One file of an index: never filled with two embedders. */
export const indexFileSchema = z.object({ generation: z.number().int(), embedder: indexEmbedderSchema })
export type IndexFile = z.infer<typeof indexFileSchema>

/** A source as it is kept. */
export const sourceRecordSchema = sourceSchema
  .pick({ id: true, name: true, kind: true, folder: true, excludes: true, paused: true, createdAt: true })
  .extend({
    /** The file that answers. */
    indexFile: indexFileSchema,
    /** The one that is being filled to take its place. */
    nextFile: indexFileSchema.nullable()
  })
export type SourceRecord = z.infer<typeof sourceRecordSchema>

export const indexFileName = (id: string, { generation }: Pick<IndexFile, 'generation'>): string =>
  `index-${id}-${generation}.db`

/** Files of sources, and of none any more. */
export const indexFilePattern = /^index-[a-z0-9][a-z0-9-]*-\d+\.db/
