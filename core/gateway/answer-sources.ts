import type { OutgoingHttpHeaders } from 'node:http'
import type { CallResult } from '../pipeline/context.ts'

type Sources = CallResult['head']['sources']

/** How many passages the answer could rest on. Absent where nothing was looked up. */
export const sourcesHeader = (sources: Sources): OutgoingHttpHeaders =>
  sources ? { 'x-homeport-sources': String(sources.length) } : {}

/**
 * The first text of an answer with a member `homeport` in its first object, which lists what `[1]` and so on stand for. It
 * is there before the answer's words are, in every dialect and in streams too; clients skip members they do not know.
 */
export function withSources(text: string, sources: Sources): string {
  const open = sources ? text.indexOf('{') : -1
  if (!sources || open === -1) return text
  const member = `"homeport":${JSON.stringify({ sources: sources.map(listed) })}`
  return `${text.slice(0, open + 1)}${member},${text.slice(open + 1)}`
}

const listed = ({
  number,
  sourceId,
  path,
  title,
  headings,
  page,
  text,
  obsidianUrl
}: NonNullable<Sources>[number]) => ({
  number,
  source: sourceId,
  path,
  title,
  headings,
  ...(page !== null && { page }),
  ...(obsidianUrl !== null && { url: obsidianUrl }),
  text
})
