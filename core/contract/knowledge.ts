import { z } from 'zod'
import { costSchema } from './usage.ts'

const ms = z.number().int()
const count = z.number().int().nonnegative()

export const documentKinds = [
  'markdown',
  'canvas',
  'base',
  'pdf',
  'html',
  'text',
  'code',
  'attachment'
] as const
/** What a file is read as. An `attachment` is known by its name only. */
export const documentKindSchema = z.enum(documentKinds)
export type DocumentKind = z.infer<typeof documentKindSchema>

/** Names a source in addresses, headers and on the command line: `vault`, `work-notes`. */
export const sourceIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and dashes, at most 40')

/** The embedder that comes with Homeport; any other is a `provider/model`. */
export const BUILT_IN_EMBEDDER = 'built-in'

/** `missing`: its folder is not there now; what was indexed still answers. */
export const sourceStateSchema = z.enum(['waiting', 'indexing', 'ready', 'paused', 'missing', 'failed'])

/** A folder that is searched. Nothing in it is written without being asked. */
export const sourceSchema = z.object({
  id: sourceIdSchema,
  name: z.string(),
  /** `vault`: has an `.obsidian` folder, so that notes can be opened in Obsidian. */
  kind: z.enum(['vault', 'folder']),
  /** Full path. */
  folder: z.string(),
  embedder: z.string(),
  /** Patterns as in a `.gitignore`, beside those of Obsidian. */
  excludes: z.array(z.string()),
  paused: z.boolean(),
  createdAt: ms,
  state: sourceStateSchema,
  /** In words for the person, where the state is `failed` or `missing`. */
  problem: z.string().nullable(),
  /** Of the pass under way; null where nothing is to do. */
  progress: z
    .object({
      step: z.enum(['scanning', 'reading', 'embedding']),
      done: count,
      total: count,
      perSecond: z.number().nonnegative(),
      secondsLeft: z.number().nonnegative().nullable()
    })
    .nullable(),
  documents: count,
  chunks: count,
  /** Chunks that have no vector yet: full text finds them already. */
  chunksWithoutVector: count,
  failures: count,
  /** Of the index, in bytes. */
  indexBytes: count,
  /** The newest change of a file in it. */
  lastChangeAt: ms.nullable(),
  /** When it last agreed with the folder. */
  completeAt: ms.nullable()
})
export type Source = z.infer<typeof sourceSchema>

const excludesSchema = z.array(z.string().trim().min(1).max(300)).max(200)
const embedderSchema = z.string().min(1).max(300)
export const addSourceSchema = z.strictObject({
  /** Full path of a folder on this machine. */
  folder: z.string().min(1).max(4000),
  /** Made from the folder's name where it is left out. */
  id: sourceIdSchema.optional(),
  name: z.string().trim().min(1).max(80).optional(),
  embedder: embedderSchema.default(BUILT_IN_EMBEDDER),
  excludes: excludesSchema.default([]),
  /** The person saw what indexing costs. Without it an embedder that costs money is refused. */
  costConfirmed: z.boolean().default(false)
})
export type AddSource = z.infer<typeof addSourceSchema>
export const updateSourceSchema = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  excludes: excludesSchema.optional(),
  paused: z.boolean().optional(),
  embedder: embedderSchema.optional(),
  costConfirmed: z.boolean().optional()
})
export type UpdateSource = z.infer<typeof updateSourceSchema>

/** What indexing a folder takes, before it is done. */
export const indexEstimateQuerySchema = z.strictObject({
  folder: z.string().min(1).max(4000),
  embedder: embedderSchema,
  /** Patterns as a source has them, one a line; absent: those of the source that has this folder, if one does. */
  excludes: z.string().max(8000).optional()
})
export const indexEstimateSchema = z.object({
  kind: z.enum(['vault', 'folder']),
  files: count,
  bytes: count,
  /** About so many tokens are embedded. */
  tokens: count,
  cost: costSchema
})
export type IndexEstimate = z.infer<typeof indexEstimateSchema>

/** An embedder that can be chosen. */
export const embedderOptionSchema = z.object({
  id: z.string(),
  name: z.string(),
  place: z.enum(['built-in', 'on-device', 'provider']),
  dimensions: count.nullable()
})
export type EmbedderOption = z.infer<typeof embedderOptionSchema>

export const fileStatusSchema = z.enum(['indexed', 'pending', 'failed', 'skipped'])
/** One file of a source and what became of it. */
export const sourceFileSchema = z.object({
  path: z.string(),
  kind: documentKindSchema,
  title: z.string(),
  status: fileStatusSchema,
  /** Why it failed or was skipped, in words for the person. */
  reason: z.string().nullable(),
  chunks: count,
  bytes: count,
  modifiedAt: ms
})
export type SourceFile = z.infer<typeof sourceFileSchema>
export const sourceFilesQuerySchema = z.strictObject({
  status: fileStatusSchema.optional(),
  /** Part of a path. */
  search: z.string().max(200).optional(),
  /** Files after this path. */
  after: z.string().max(4000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100)
})
export const sourceFilesPageSchema = z.object({
  files: z.array(sourceFileSchema),
  next: z.string().nullable()
})

/** Parts of a source with some letters in their name: what else a scope can mean. */
export const sourcePartsQuerySchema = z.strictObject({
  search: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20)
})
export const sourcePartsSchema = z.object({
  /** With all that is below them. */
  folders: z.array(z.object({ path: z.string(), documents: count })),
  /** In lower case; nested ones stand under each of their parts too. */
  tags: z.array(z.object({ tag: z.string(), documents: count }))
})
export type SourceParts = z.infer<typeof sourcePartsSchema>

/** What of all that is indexed is meant: all, a source, a folder in it, a tag in it. */
export const knowledgeScopeSchema = z.object({
  sourceId: sourceIdSchema.nullable(),
  folder: z.string().max(4000).optional(),
  tag: z.string().max(200).optional()
})
export type KnowledgeScope = z.infer<typeof knowledgeScopeSchema>

/** A scope as people write it: `*`, `vault`, `vault/Projects/Home`, `vault#recipe`, `vault/Food#recipe`. */
export const scopeTextSchema = z.string().trim().min(1).max(4000)

/** Why a passage stands where it stands. Shares are of `score`; their sum is it. */
export const hitReasonSchema = z.object({
  /** Words of the question in title, headings, tags and text: BM25, at most 1, and how they stand there. */
  words: z.number(),
  /** Nearness of meaning (cosine over the mean, weighted). */
  meaning: z.number(),
  links: z.number(),
  recency: z.number(),
  /** Where a reranker had its say; null where none did. */
  reranker: z.number().nullable(),
  /** Taken away for being like a passage above it; 0 or less. */
  diversity: z.number().optional(),
  /** The raw numbers they are made of. */
  bm25: z.number().nullable(),
  cosine: z.number().nullable(),
  matchedWords: z.array(z.string())
})
export type HitReason = z.infer<typeof hitReasonSchema>

/** A passage that was found, and where. */
export const passageSchema = z.object({
  sourceId: sourceIdSchema,
  path: z.string(),
  kind: documentKindSchema,
  title: z.string(),
  /** From the outermost in; the title is not among them. */
  headings: z.array(z.string()),
  text: z.string(),
  /** Bytes in the file; of a PDF, page or canvas, in its text. */
  start: count,
  end: count,
  /** Of a PDF, from 1. */
  page: count.nullable(),
  tags: z.array(z.string()),
  modifiedAt: ms,
  /** Opens the place in Obsidian; null outside of vaults. */
  obsidianUrl: z.string().nullable()
})
export type Passage = z.infer<typeof passageSchema>

export const searchHitSchema = passageSchema.extend({
  /** Characters of `text` to mark: from, until. */
  highlights: z.array(z.tuple([count, count])),
  score: z.number(),
  why: hitReasonSchema
})
export type SearchHit = z.infer<typeof searchHitSchema>

export const searchQuerySchema = z.strictObject({
  /** Words, `"quoted phrases"`, `tag:recipe`, `path:Projects`, `kind:pdf`, and dates such as `last week`. */
  q: z.string().max(2000),
  /** Scopes, separated by commas; absent: all. */
  in: z.string().max(4000).optional(),
  kind: documentKindSchema.optional(),
  /** Changed since, and before. Milliseconds UTC. */
  from: z.coerce.number().int().optional(),
  until: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  /** While the person still types: quicker, and a last word may be half written. */
  typing: z.enum(['true', 'false']).default('false'),
  /** `provider/model` of a reranker. */
  reranker: z.string().max(300).optional(),
  /** A chat model (`provider/model` or alias) that puts the question in other words, which are searched too. */
  rewriter: z.string().min(1).max(300).optional()
})
export type SearchQuery = z.infer<typeof searchQuerySchema>
export const searchAnswerSchema = z.object({
  hits: z.array(searchHitSchema),
  /** How the question was read. */
  understood: z.object({
    words: z.array(z.string()),
    phrases: z.array(z.string()),
    tags: z.array(z.string()),
    paths: z.array(z.string()),
    from: ms.nullable(),
    until: ms.nullable(),
    /** Parts it was taken apart into; empty where it is one question. */
    parts: z.array(z.string())
  }),
  /** There was something, but nothing near enough to be shown. */
  belowFloor: z.boolean(),
  /** Sources that could not be asked, with the reason. */
  problems: z.array(z.object({ sourceId: sourceIdSchema, message: z.string() })),
  tookMs: z.number()
})
export type SearchAnswer = z.infer<typeof searchAnswerSchema>

/** A passage an answer names by its number. */
export const citationSchema = passageSchema.extend({
  /** As in the answer: `[1]`. */
  number: z.number().int().positive(),
  /** Whether what the answer says there is found in the passage; null where the answer does not name it. */
  supported: z.boolean().nullable(),
  /** What the answer says with this number that is not found in the passage; absent where all is. */
  unfounded: z.array(z.string()).optional()
})
export type Citation = z.infer<typeof citationSchema>

const noteLinkSchema = z.object({
  sourceId: sourceIdSchema,
  path: z.string(),
  title: z.string(),
  /** The line the link stands in. */
  line: z.string()
})
export const noteQuerySchema = z.strictObject({ source: sourceIdSchema, path: z.string().min(1).max(4000) })
/** A note with all that points at it. */
export const noteSchema = z.object({
  sourceId: sourceIdSchema,
  path: z.string(),
  kind: documentKindSchema,
  title: z.string(),
  aliases: z.array(z.string()),
  tags: z.array(z.string()),
  properties: z.record(z.string(), z.unknown()),
  headings: z.array(z.object({ text: z.string(), level: count, start: count })),
  /** The text, cut at this many characters. */
  text: z.string(),
  truncated: z.boolean(),
  modifiedAt: ms,
  bytes: count,
  obsidianUrl: z.string().nullable(),
  backlinks: z.array(noteLinkSchema),
  links: z.array(noteLinkSchema),
  /** Targets of links that lead nowhere. */
  unresolved: z.array(z.string()),
  /** Near in meaning and not linked. */
  related: z.array(z.object({ path: z.string(), title: z.string(), score: z.number() }))
})
export type Note = z.infer<typeof noteSchema>

export const graphQuerySchema = noteQuerySchema.extend({
  depth: z.coerce.number().int().min(1).max(2).default(1)
})
export const noteGraphSchema = z.object({
  nodes: z.array(z.object({ path: z.string(), title: z.string(), distance: count, links: count })),
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
  truncated: z.boolean()
})
export type NoteGraph = z.infer<typeof noteGraphSchema>

/** What a program asked of the notes over the Model Context Protocol, and what came of it. */
export const toolCallSchema = z.strictObject({
  tool: z.string().min(1).max(80),
  arguments: z.record(z.string(), z.unknown()),
  startedAt: ms,
  durationMs: z.number().nonnegative(),
  status: z.enum(['ok', 'error', 'aborted']),
  /** Passages or notes that it gave. */
  found: count,
  /** In words; null where it gave none. */
  answer: z.string().nullable(),
  errorMessage: z.string().nullable()
})
export type ToolCall = z.infer<typeof toolCallSchema>

/** What a source is like: what is covered, twice there, or long untouched. */
export const sourceReportSchema = z.object({
  byKind: z.array(z.object({ kind: documentKindSchema, documents: count, chunks: count, bytes: count })),
  withoutText: count,
  orphans: z.array(z.object({ path: z.string(), title: z.string() })),
  unresolvedLinks: z.array(z.object({ target: z.string(), from: z.array(z.string()) })),
  duplicates: z.array(
    z.object({ paths: z.array(z.string()), likeness: z.number(), kind: z.enum(['same', 'similar']) })
  ),
  stale: z.array(z.object({ path: z.string(), title: z.string(), modifiedAt: ms, backlinks: count })),
  boilerplate: z.array(z.object({ text: z.string(), documents: count }))
})
export type SourceReport = z.infer<typeof sourceReportSchema>

/** Writes a chat or one answer as a new note. An existing file is never touched. */
export const saveNoteSchema = z.strictObject({
  sourceId: sourceIdSchema,
  chatId: z.string(),
  /** One answer with its question; absent: the whole chat as it is shown. */
  messageId: z.string().optional(),
  /** Within the source; empty is its top. */
  folder: z.string().max(1000).default('Homeport'),
  name: z.string().trim().min(1).max(200).optional(),
  /** Path of a note of the source with `{{title}}`, `{{content}}`, `{{date}}` and more in it. */
  template: z.string().max(4000).optional()
})
export type SaveNote = z.infer<typeof saveNoteSchema>
export const savedNoteSchema = z.object({
  sourceId: sourceIdSchema,
  path: z.string(),
  obsidianUrl: z.string().nullable()
})
export type SavedNote = z.infer<typeof savedNoteSchema>
