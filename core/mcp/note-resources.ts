import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  ResourceTemplate
} from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { DocumentKind } from '../contract/knowledge.ts'
import { wholeMessage } from '../errors/whole-message.ts'
import { noteUri, noteUriTemplate, readNoteUri } from './note-uri.ts'
import type { NotesReader } from './notes-reader.ts'
import { carryCall, failureOf } from './tool-calls.ts'
import type { ToolParts } from './tools/tool-parts.ts'

const pageLength = 100
/** Of one source. Programs read lists whole and put them into menus: what is beyond is found by searching. */
const mostListed = 500
const completionCount = 20

/** Notes as resources: listed source by source, read whole as far as their text is kept. */
export function registerNoteResources(server: McpServer, { notes, ...parts }: ToolParts): void {
  const read = async (uri: string, signal: AbortSignal) => {
    const wanted = readNoteUri(uri)
    if (wanted === null) throw new ResourceNotFoundError(uri)
    try {
      const asked = { tool: 'read_resource', arguments: { uri }, signal }
      const { kind, text } = await carryCall(parts, asked, async () => ({
        ...(await notes.note(wanted.source, wanted.path)),
        found: 1
      }))
      return { contents: [{ uri, mimeType: mimeTypeOf(kind), text }] }
    } catch (error) {
      if (signal.aborted) throw error
      const failure = failureOf(error, parts.logger)
      if (failure.code === 'not-found') throw new ResourceNotFoundError(uri)
      throw new ProtocolError(ProtocolErrorCode.InternalError, wholeMessage(failure))
    }
  }
  const template = new ResourceTemplate(noteUriTemplate, {
    list: undefined,
    complete: {
      source: async (begun) =>
        (await notes.sources()).map(({ id }) => id).filter((id) => id.startsWith(begun)),
      path: async (begun, context) => {
        const source = context?.arguments?.source
        if (source === undefined) return []
        const query = { status: 'indexed', search: begun, limit: completionCount } as const
        return (await notes.files(source, query)).files.map(({ path }) => path)
      }
    }
  })
  const about = { title: 'Note', description: "A note or file of the person's." }
  server.registerResource('note', template, about, ({ href }, _, { mcpReq: { signal } }) =>
    read(href, signal)
  )
  // the SDK's own list has no pages
  server.server.setRequestHandler('resources/list', ({ params }) => listPage(notes, params?.cursor))
}

const cursorSchema = z.tuple([z.string(), z.string(), z.int().min(0)])

/** One page of one source; the cursor says which source comes next, after which path, and how many it had. */
async function listPage(notes: NotesReader, cursor: string | undefined) {
  const ids = (await notes.sources()).map(({ id }) => id)
  const [first] = ids
  const [source, after, listed] = cursor === undefined ? [first, '', 0] : readCursor(cursor)
  if (source === undefined || !ids.includes(source)) return { resources: [] }

  const { files, next } = await notes.files(source, {
    status: 'indexed',
    ...(after === '' ? {} : { after }),
    limit: pageLength
  })
  const resources = files.map(({ path, title, kind, modifiedAt }) => ({
    uri: noteUri(source, path),
    name: path,
    title,
    mimeType: mimeTypeOf(kind),
    annotations: { lastModified: new Date(modifiedAt).toISOString() }
  }))
  const soFar = listed + pageLength
  const following = ids[ids.indexOf(source) + 1]
  if (next !== null && soFar < mostListed)
    return { resources, nextCursor: writeCursor([source, next, soFar]) }
  if (following !== undefined) return { resources, nextCursor: writeCursor([following, '', 0]) }
  return { resources }
}

const writeCursor = (place: z.infer<typeof cursorSchema>): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

function readCursor(cursor: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'This cursor is none that Homeport gave.')
  }
}

const mimeTypeOf = (kind: DocumentKind): string => (kind === 'markdown' ? 'text/markdown' : 'text/plain')
