import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { catalogModelSchema, offeredFileSchema } from '../../contract/downloads.ts'

const catalogFileSchema = z.strictObject({
  source: z.string().min(1),
  date: z.iso.date(),
  /** When all of it was last compared with what the hub says; null: never. */
  checkedWithHub: z.iso.date().nullable(),
  models: z.array(
    z.strictObject({
      ...catalogModelSchema.omit({ files: true }).shape,
      releasedAt: z.iso.date(),
      files: z
        .array(
          z.strictObject({
            ...offeredFileSchema.omit({ fit: true, installedAs: true, sizeIsApproximate: true }).shape,
            sha256: z
              .string()
              .regex(/^[0-9a-f]{64}$/)
              .nullable(),
            /** The size is not the hub's word. */
            approximate: z.boolean()
          })
        )
        .min(1)
    })
  )
})

export type CatalogFile = z.infer<typeof catalogFileSchema>
export type CatalogEntry = CatalogFile['models'][number]

/** Throws when it is not of the catalog's form. */
export const parseCatalogFile = (json: unknown): CatalogFile => catalogFileSchema.parse(json)

/** The catalog that comes with Homeport. */
export function readCatalogFile(): CatalogFile {
  // three folders up from here, two from the built out/main/
  const up = import.meta.url.endsWith('.ts') ? '../../..' : '../..'
  const file = new URL(`${up}/resources/models/on-device.json`, import.meta.url)
  return parseCatalogFile(JSON.parse(readFileSync(file, 'utf8')))
}
