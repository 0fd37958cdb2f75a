import { z } from 'zod'
import {
  addSourceSchema,
  embedderOptionSchema,
  graphQuerySchema,
  indexEstimateQuerySchema,
  indexEstimateSchema,
  noteGraphSchema,
  noteQuerySchema,
  noteSchema,
  savedNoteSchema,
  saveNoteSchema,
  searchAnswerSchema,
  searchQuerySchema,
  sourceFilesPageSchema,
  sourceFilesQuerySchema,
  sourcePartsQuerySchema,
  sourcePartsSchema,
  sourceReportSchema,
  sourceSchema,
  toolCallSchema,
  updateSourceSchema
} from './knowledge.ts'

const none = z.strictObject({})
const done = z.object({ ok: z.literal(true) })

/** The part of the control API that is about the person's notes and files. */
export const knowledgeRoutes = {
  /** Passages from the person's own notes and files. */
  'GET /app/search': { query: searchQuerySchema, body: none, response: searchAnswerSchema },
  'GET /app/knowledge/sources': {
    query: none,
    body: none,
    response: z.object({ sources: z.array(sourceSchema) })
  },
  /** Indexing begins at once; `400` where the embedder costs money and `costConfirmed` is not set. */
  'POST /app/knowledge/sources': { query: none, body: addSourceSchema, response: sourceSchema },
  'PATCH /app/knowledge/sources/:id': { query: none, body: updateSourceSchema, response: sourceSchema },
  /** Forgets the source and its index. The folder stays as it is. */
  'DELETE /app/knowledge/sources/:id': { query: none, body: none, response: done },
  /** Compares the folder with the index now. */
  'POST /app/knowledge/sources/:id/rescan': { query: none, body: none, response: sourceSchema },
  'GET /app/knowledge/sources/:id/files': {
    query: sourceFilesQuerySchema,
    body: none,
    response: sourceFilesPageSchema
  },
  'GET /app/knowledge/sources/:id/parts': {
    query: sourcePartsQuerySchema,
    body: none,
    response: sourcePartsSchema
  },
  'GET /app/knowledge/sources/:id/report': { query: none, body: none, response: sourceReportSchema },
  'GET /app/knowledge/estimate': {
    query: indexEstimateQuerySchema,
    body: none,
    response: indexEstimateSchema
  },
  'GET /app/knowledge/embedders': {
    query: none,
    body: none,
    response: z.object({ embedders: z.array(embedderOptionSchema) })
  },
  /** Vaults that Obsidian knows on this machine and that are no source yet. */
  'GET /app/knowledge/found-vaults': {
    query: none,
    body: none,
    response: z.object({ vaults: z.array(z.object({ name: z.string(), folder: z.string() })) })
  },
  'GET /app/knowledge/note': { query: noteQuerySchema, body: none, response: noteSchema },
  'GET /app/knowledge/graph': { query: graphQuerySchema, body: none, response: noteGraphSchema },
  'POST /app/knowledge/notes': { query: none, body: saveNoteSchema, response: savedNoteSchema },
  /** Puts a call that was answered over stdio into Activity. */
  'POST /app/knowledge/tool-calls': { query: none, body: toolCallSchema, response: done }
} as const
