import type { ToolAnnotations } from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { NotesReader } from '../notes-reader.ts'
import type { ToolCallParts } from '../tool-calls.ts'

/** What every tool is made of. */
export interface ToolParts extends ToolCallParts {
  notes: NotesReader
}

/** Only reads, and only what is on this machine. */
export const readsOnly: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false
}

export const sourceArgument = z
  .string()
  .max(40)
  .optional()
  .describe(
    'Id of the source, as search_notes gives it. May be left out where the path is in one source only.'
  )
export const pathArgument = z
  .string()
  .min(1)
  .max(4000)
  .describe('Path of the note within its source, such as Food/Soup.md')

/** A time as people and models read it. */
export const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
