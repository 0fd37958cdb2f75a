import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { usageSchema } from '../../core/contract/usage.ts'
import { adapterFolders } from '../../core/providers/generate-registry.ts'
import { adapters } from '../../core/providers/registry.generated.ts'
import type { ChatEvent, ChatPart } from '../../core/providers/spec/chat.ts'
import type { ProviderAdapter } from '../../core/providers/spec/provider.ts'

export const providersFolder = join(import.meta.dirname, '../../core/providers')

const signatureSchema = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
/** What an answer comes to, the same for a plain and a streamed fixture. Ids that are made here are left out. */
const expectedSchema = z.strictObject({
  text: z.string(),
  reasoning: z.string(),
  finish: z.string(),
  servedModel: z.string().optional(),
  usage: usageSchema,
  toolCalls: z
    .array(z.strictObject({ id: z.string().optional(), name: z.string(), arguments: z.string() }))
    .default([]),
  signatures: z.array(signatureSchema).default([])
})
const errorSchema = z.strictObject({
  status: z.number(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown(),
  expected: z.strictObject({
    code: z.string(),
    status: z.number(),
    words: z.string(),
    retryAfterSeconds: z.number().optional()
  })
})

export interface ProviderCase {
  folder: string
  name: string
  adapter: ProviderAdapter
}

const fixturesOf = (folder: string) => join(providersFolder, folder, '__fixtures__')
const read = ({ folder, name }: ProviderCase, end: string) =>
  readFileSync(join(fixturesOf(folder), `${name}.${end}`))

/** Names of the files of a folder that end so. */
export function namesOf(folder: string, end: string): string[] {
  if (!existsSync(fixturesOf(folder))) return []
  return readdirSync(fixturesOf(folder))
    .filter((file) => file.endsWith(end))
    .map((file) => file.slice(0, -end.length))
    .sort()
}

/** Every file beside a folder's adapter. */
export const filesOf = (folder: string): string[] =>
  existsSync(fixturesOf(folder)) ? readdirSync(fixturesOf(folder)).sort() : []

/** The cases of a folder with an ending. A name begins with its adapter's kind where the folder has several. */
export function casesOf(folder: string, end: string): ProviderCase[] {
  return namesOf(folder, end).map((name) => ({ folder, name, adapter: adapterFor(folder, name) }))
}

function adapterFor(folder: string, name: string): ProviderAdapter {
  const named = adapters
    .filter(({ kind }) => folderOf(kind) === folder && (name === kind || name.startsWith(`${kind}-`)))
    .toSorted((a, b) => b.kind.length - a.kind.length)
  const adapter = named[0] ?? adapters.find(({ kind }) => kind === folder)
  if (!adapter) throw new Error(`no adapter for the fixture ${folder}/${name}`)
  return adapter
}

/** A kind stands in the folder of its name, or is a row of the table of those that are compatible with OpenAI. */
const folderOf = (kind: string): string => (adapterFolders().includes(kind) ? kind : 'openai-compatible')

export function readAnswerFixtures(of: ProviderCase) {
  const expected = expectedSchema.parse(JSON.parse(read(of, 'expected.json').toString()))
  return { plain: read(of, 'json'), stream: read(of, 'sse'), expected }
}

export const readErrorFixture = (of: ProviderCase) =>
  errorSchema.parse(JSON.parse(read(of, 'error.json').toString()))

/** What events come to, in the form of the fixtures. */
export function summaryOf(events: readonly ChatEvent[]) {
  const parts = events.flatMap((event) => event.parts)
  const last = <T extends ChatPart['type']>(type: T) =>
    parts.findLast((part): part is Extract<ChatPart, { type: T }> => part.type === type)
  const textOf = (type: 'text-delta' | 'reasoning-delta') =>
    parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('')
  const argumentsOf = (index: number) =>
    parts
      .map((part) => (part.type === 'tool-call-delta' && part.index === index ? part.arguments : ''))
      .join('')
  const servedModel = last('served-model')?.model
  return {
    text: textOf('text-delta'),
    reasoning: textOf('reasoning-delta'),
    finish: last('finish')?.reason,
    ...(servedModel !== undefined && { servedModel }),
    usage: last('usage')?.usage,
    toolCalls: parts.flatMap((part) =>
      part.type === 'tool-call-start'
        ? [{ id: part.id, name: part.name, arguments: argumentsOf(part.index) }]
        : []
    ),
    signatures: parts.flatMap((part) => ('signature' in part && part.signature ? [part.signature.value] : []))
  }
}
