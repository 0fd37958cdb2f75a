import type { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { Note } from '../../contract/knowledge.ts'
import { findNote } from '../find-note.ts'
import { answerTool, type ToolAnswer } from '../tool-answer.ts'
import { pathArgument, readsOnly, sourceArgument, type ToolParts } from './tool-parts.ts'

const input = z.object({
  source: sourceArgument,
  path: pathArgument,
  limit: z.int().min(1).max(200).default(20).describe('How many of each kind at most.')
})

const named = z.object({ path: z.string(), title: z.string() })
const linked = named.extend({ line: z.string().describe('The line the link stands in.') })
const output = z.object({
  source: z.string(),
  path: z.string(),
  title: z.string(),
  links: z.array(linked).describe('Notes that it links to.'),
  backlinks: z.array(linked).describe('Notes that link to it.'),
  near: z.array(named.extend({ score: z.number() })).describe('Near in meaning, and not linked.'),
  unresolved: z.array(z.string()).describe('Targets of links that lead nowhere.')
})
type Output = z.infer<typeof output>

export function registerRelatedNotes(server: McpServer, { notes, ...parts }: ToolParts): void {
  server.registerTool(
    'related_notes',
    {
      title: 'Related notes',
      description:
        'Gives the notes that a note links to, that link to it, and that are near to it in meaning.',
      inputSchema: input,
      outputSchema: output,
      annotations: readsOnly
    },
    (asked, { mcpReq: { signal } }) =>
      answerTool(parts, { tool: 'related_notes', arguments: asked, signal }, async () => {
        const { limit, ...wanted } = asked
        return answerOf(await findNote(notes, wanted), limit)
      })
  )
}

function answerOf(note: Note, limit: number): ToolAnswer {
  const linkOf = ({ path, title, line }: Note['links'][number]) => ({ path, title, line })
  const structured: Output = {
    source: note.sourceId,
    path: note.path,
    title: note.title,
    links: eachOnce(note.links).slice(0, limit).map(linkOf),
    backlinks: eachOnce(note.backlinks).slice(0, limit).map(linkOf),
    near: note.related.slice(0, limit).map(({ path, title, score }) => ({ path, title, score })),
    unresolved: note.unresolved.slice(0, limit)
  }
  const { links, backlinks, near } = structured
  return { text: relatedText(structured), structured, found: links.length + backlinks.length + near.length }
}

/** A note may link to another many times. */
const eachOnce = (links: Note['links']): Note['links'] =>
  [...new Map(links.toReversed().map((link) => [link.path, link])).values()].toReversed()

function relatedText({ title, path, source, links, backlinks, near, unresolved }: Output): string {
  const lineOf = (note: Output['links'][number]): string => `${note.title} (${note.path}): ${note.line}`
  const lists: [string, string[]][] = [
    ['Links to', links.map(lineOf)],
    ['Linked from', backlinks.map(lineOf)],
    ['Near in meaning', near.map((note) => `${note.title} (${note.path})`)],
    ['Links that lead nowhere', unresolved]
  ]
  const parts = lists.flatMap(([name, entries]) =>
    entries.length === 0 ? [] : [[`${name}:`, ...entries.map((entry) => `- ${entry}`)].join('\n')]
  )
  if (parts.length === 0) parts.push('No related notes are known.')
  return [`${title} (source: ${source}, path: ${path})`, ...parts].join('\n\n')
}
