import type { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { Note } from '../../contract/knowledge.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { findNote } from '../find-note.ts'
import { pageOf, sectionUnder, type TextPage } from '../note-text.ts'
import { noteUri } from '../note-uri.ts'
import { answerTool, type ToolAnswer } from '../tool-answer.ts'
import { day, pathArgument, readsOnly, sourceArgument, type ToolParts } from './tool-parts.ts'

/** Characters of one answer. */
const pageLength = 20_000
/** How many headings an answer names. */
const headingCount = 200

const input = z.object({
  source: sourceArgument,
  path: pathArgument,
  heading: z.string().min(1).max(1000).optional().describe('Only what stands under this heading.'),
  offset: z.int().min(0).default(0).describe('Where to go on: nextOffset of the answer before.')
})

const output = z.object({
  source: z.string(),
  path: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  headings: z.array(z.object({ text: z.string(), level: z.number() })),
  text: z.string(),
  offset: z.number(),
  nextOffset: z.number().nullable().describe('Where the next part begins; null at the end.'),
  length: z.number().describe('Of the note or section, in characters.'),
  truncated: z.boolean().describe('The note goes on beyond what can be read here.'),
  modified: z.string().describe('Day of the last change (UTC).'),
  uri: z.string(),
  obsidianUrl: z.string().nullable()
})
type Output = z.infer<typeof output>

export function registerReadNote(server: McpServer, { notes, ...parts }: ToolParts): void {
  server.registerTool(
    'read_note',
    {
      title: 'Read a note',
      description: `Gives the text of a note or of one of its sections, in parts of ${pageLength} characters.`,
      inputSchema: input,
      outputSchema: output,
      annotations: readsOnly
    },
    (asked, { mcpReq: { signal } }) =>
      answerTool(parts, { tool: 'read_note', arguments: asked, signal }, async () => {
        const { heading, offset, ...wanted } = asked
        const note = await findNote(notes, wanted)
        return answerOf(note, pageOf(textOf(note, heading), offset, pageLength))
      })
  )
}

function textOf(note: Note, heading: string | undefined): string {
  if (heading === undefined) return note.text
  const section = sectionUnder(note, heading)
  if (section !== null) return section
  const known = note.headings.slice(0, headingCount).map(({ text }) => text)
  throw new HomeportError('not-found', `The note has no heading "${heading}".`, {
    action: known.length === 0 ? 'It has none at all.' : `It has: ${known.join('; ')}.`
  })
}

function answerOf(note: Note, page: TextPage): ToolAnswer {
  const structured: Output = {
    source: note.sourceId,
    path: note.path,
    title: note.title,
    tags: note.tags,
    headings: note.headings.slice(0, headingCount).map(({ text, level }) => ({ text, level })),
    ...page,
    truncated: note.truncated,
    modified: day(note.modifiedAt),
    uri: noteUri(note.sourceId, note.path),
    obsidianUrl: note.obsidianUrl
  }
  return { text: noteText(structured), structured, found: 1 }
}

function noteText(note: Output): string {
  const head = [note.title, `source: ${note.source}, path: ${note.path}, changed: ${note.modified}`]
  if (note.tags.length > 0) head.push(`tags: ${note.tags.join(', ')}`)
  if (note.obsidianUrl !== null) head.push(note.obsidianUrl)
  const parts = [head.join('\n'), note.text]
  if (note.nextOffset !== null)
    parts.push(
      `[Characters ${note.offset} to ${note.nextOffset} of ${note.length}. Go on with offset ${note.nextOffset}.]`
    )
  else if (note.truncated) parts.push('[The note goes on beyond what can be read here.]')
  return parts.join('\n\n')
}
