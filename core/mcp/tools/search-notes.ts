import type { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { SearchHit } from '../../contract/knowledge.ts'
import { noteUri } from '../note-uri.ts'
import type { NotesAnswer } from '../notes-reader.ts'
import { answerTool, type ToolAnswer } from '../tool-answer.ts'
import { day, readsOnly, type ToolParts } from './tool-parts.ts'

/** No passage is longer; what is left out, read_note has. Characters. */
const longestPassage = 4000

const input = z.object({
  query: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .describe(
      'A question or words. Understands "quoted phrases", tag:recipe, path:Projects, kind:pdf, and dates such as last week.'
    ),
  in: z
    .array(z.string().min(1).max(4000))
    .max(20)
    .optional()
    .describe('Where to look: vault, vault/Projects, vault#tag, vault/Food#tag. Left out: everywhere.'),
  limit: z.int().min(1).max(30).default(8).describe('How many passages at most.')
})

const output = z.object({
  passages: z.array(
    z.object({
      source: z.string(),
      path: z.string(),
      title: z.string(),
      headings: z.array(z.string()).describe('From the outermost in.'),
      text: z.string(),
      page: z.number().nullable().describe('Of a PDF.'),
      tags: z.array(z.string()),
      modified: z.string().describe('Day of the last change (UTC).'),
      score: z.number(),
      uri: z.string().describe('Of the whole note, as a resource.'),
      obsidianUrl: z.string().nullable().describe('Opens the place in Obsidian.')
    })
  ),
  nothingNearEnough: z.boolean().describe('There was something, but nothing near enough to be shown.'),
  problems: z.array(z.string()).describe('Sources that could not be asked.')
})
type Output = z.infer<typeof output>

export function registerSearchNotes(server: McpServer, { notes, ...parts }: ToolParts): void {
  server.registerTool(
    'search_notes',
    {
      title: 'Search notes',
      description:
        "Finds passages in the person's own notes and files, by words and by meaning. Answer from the passages, and name path and heading of those you use.",
      inputSchema: input,
      outputSchema: output,
      annotations: readsOnly
    },
    (asked, { mcpReq: { signal } }) =>
      answerTool(parts, { tool: 'search_notes', arguments: asked, signal }, async () => {
        const { query, in: scopes = [], limit } = asked
        return answerOf(await notes.search({ text: query, scopes, limit }, signal))
      })
  )
}

function answerOf({ hits, belowFloor, problems }: NotesAnswer): ToolAnswer {
  const structured: Output = {
    passages: hits.map(passageOf),
    nothingNearEnough: belowFloor,
    problems: problems.map(({ sourceId, message }) => `${sourceId}: ${message}`)
  }
  const found = structured.passages.map(passageText)
  if (found.length === 0)
    found.push(belowFloor ? 'Nothing near enough to the question was found.' : 'Nothing was found.')
  return { text: [...found, ...structured.problems].join('\n\n'), structured, found: hits.length }
}

function passageOf(hit: SearchHit): Output['passages'][number] {
  const { sourceId, path, title, headings, text, page, tags, modifiedAt, score, obsidianUrl } = hit
  return {
    source: sourceId,
    path,
    title,
    headings,
    text: text.length > longestPassage ? `${text.slice(0, longestPassage).toWellFormed()} …` : text,
    page,
    tags,
    modified: day(modifiedAt),
    score,
    uri: noteUri(sourceId, path),
    obsidianUrl
  }
}

function passageText(passage: Output['passages'][number], index: number): string {
  const { source, path, title, headings, page, modified, obsidianUrl, text } = passage
  const place = [title, ...headings, ...(page === null ? [] : [`page ${page}`])].join(' › ')
  const lines = [`[${index + 1}] ${place}`, `source: ${source}, path: ${path}, changed: ${modified}`]
  if (obsidianUrl !== null) lines.push(obsidianUrl)
  return [...lines, '', text].join('\n')
}
