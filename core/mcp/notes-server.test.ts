import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { expect, test } from 'vitest'
import type { Note } from '../contract/knowledge.ts'
import { silentLogger } from '../lib/logger.ts'
import { noCalls, smallNote, smallNotes } from './mcp.test-support.ts'
import { createNotesServer } from './notes-server.ts'

async function connect(list: readonly Note[]) {
  const { notes } = smallNotes(list)
  const server = createNotesServer({ notes, calls: noCalls, version: '1.2.3', logger: silentLogger })
  const client = new Client({ name: 'test', version: '1' })
  const [near, far] = InMemoryTransport.createLinkedPair()
  await Promise.all([server.connect(far), client.connect(near)])
  const call = async (name: string, args: Record<string, unknown>) => {
    const { isError = false, structuredContent, content } = await client.callTool({ name, arguments: args })
    const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('')
    return { isError, structured: structuredContent as Record<string, unknown> | undefined, text }
  }
  return { client, call }
}

test('a note is read in parts that make up the whole', async () => {
  const text = `# Long\n\n${'Eine Zeile mit 😀.\n'.repeat(3000)}`
  const { call } = await connect([smallNote('vault', 'Long.md', { text, tags: ['log'] })])
  let read = ''
  let offset: unknown = 0
  while (offset !== null) {
    const { structured, text: shown } = await call('read_note', { path: 'Long.md', offset })
    expect(structured).toMatchObject({ source: 'vault', offset, length: text.length, truncated: false })
    read += String(structured?.text)
    offset = structured?.nextOffset
    expect(shown.includes('Go on with offset')).toBe(offset !== null)
  }
  expect(read).toBe(text)
})

test('a section is read by its heading, and the headings are named where there is none such', async () => {
  const text = '# Soup\n\n## Method\n\nBoil.\n\n## Notes\n\nSalt.'
  const headings = ['# Soup', '## Method', '## Notes'].map((line) => ({
    text: line.replace(/#+ /, ''),
    level: line.indexOf(' '),
    start: text.indexOf(line)
  }))
  const { call } = await connect([smallNote('vault', 'Soup.md', { text, headings })])
  const { structured } = await call('read_note', { path: 'Soup.md', heading: 'method' })
  expect(structured?.text).toBe('## Method\n\nBoil.')
  const missing = await call('read_note', { path: 'Soup.md', heading: 'Dessert' })
  expect(missing).toMatchObject({
    isError: true,
    text: 'The note has no heading "Dessert". It has: Soup; Method; Notes.'
  })
})

test('a note that goes on beyond its kept text says so', async () => {
  const { call } = await connect([smallNote('vault', 'Book.md', { truncated: true })])
  const { structured, text } = await call('read_note', { path: 'Book.md' })
  expect(structured).toMatchObject({ nextOffset: null, truncated: true })
  expect(text).toContain('[The note goes on beyond what can be read here.]')
})

test('a note is found without its ending and its source where that is clear', async () => {
  const { call } = await connect([
    smallNote('vault', 'Food/Soup.md'),
    smallNote('vault', 'Plan.md'),
    smallNote('work', 'Plan.md')
  ])
  expect((await call('read_note', { path: '/Food/Soup' })).structured).toMatchObject({
    source: 'vault',
    path: 'Food/Soup.md'
  })
  expect(await call('read_note', { path: 'Plan' })).toMatchObject({
    isError: true,
    text: 'Several sources have a note "Plan": vault, work. Name one as "source".'
  })
  expect((await call('read_note', { path: 'Plan', source: 'work' })).structured).toMatchObject({
    source: 'work'
  })
  expect((await call('read_note', { path: 'Soup.md' })).text).toBe(
    'There is no note "Soup.md". There are: Food/Soup.md.'
  )
  expect((await call('read_note', { path: 'Plan', source: 'home' })).text).toBe(
    'There is no source "home". There are: vault, work.'
  )
})

test('related notes are those linked either way, and those near in meaning', async () => {
  const link = (name: string) => ({
    sourceId: 'vault',
    path: `${name}.md`,
    title: name,
    line: `See [[${name}]].`
  })
  const { call } = await connect([
    smallNote('vault', 'Soup.md', {
      links: [link('Leek'), link('Salt')],
      backlinks: [link('Menu')],
      related: [{ path: 'Stew.md', title: 'Stew', score: 0.7 }],
      unresolved: ['Pepper']
    })
  ])
  const { structured, text } = await call('related_notes', { path: 'Soup', limit: 1 })
  expect(structured).toEqual({
    source: 'vault',
    path: 'Soup.md',
    title: 'Soup',
    links: [{ path: 'Leek.md', title: 'Leek', line: 'See [[Leek]].' }],
    backlinks: [{ path: 'Menu.md', title: 'Menu', line: 'See [[Menu]].' }],
    near: [{ path: 'Stew.md', title: 'Stew', score: 0.7 }],
    unresolved: ['Pepper']
  })
  expect(text).toContain('Linked from:\n- Menu (Menu.md): See [[Menu]].')
})

test('resources are listed in pages, of each source no more than a menu can hold', async () => {
  const many = Array.from({ length: 620 }, (_, at) =>
    smallNote('vault', `Note ${String(at).padStart(3, '0')}.md`)
  )
  const { client } = await connect([...many, smallNote('work', 'Plan.md')])
  const first = await client.request({ method: 'resources/list' })
  expect(first.resources).toHaveLength(100)
  // walks through all pages
  const { resources } = await client.listResources()
  expect(resources.map(({ name }) => name)).toEqual([
    ...many.slice(0, 500).map(({ path }) => path),
    'Plan.md'
  ])
  await expect(client.listResources({ cursor: 'nonsense' })).rejects.toThrow('cursor')
})

test('a resource is read by its address, and completed while it is typed', async () => {
  const { client } = await connect([
    smallNote('vault', 'Food/Börek #1.md', { text: 'Fold.' }),
    smallNote('vault', 'Scan.pdf', { kind: 'pdf', text: 'Page one.' })
  ])
  const { resourceTemplates } = await client.listResourceTemplates()
  expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
    'homeport://note/{source}/{+path}'
  ])
  const { resources } = await client.listResources()
  const uri = 'homeport://note/vault/Food/B%C3%B6rek%20%231.md'
  expect(resources[0]).toMatchObject({ uri, name: 'Food/Börek #1.md', mimeType: 'text/markdown' })
  expect((await client.readResource({ uri })).contents).toEqual([
    { uri, mimeType: 'text/markdown', text: 'Fold.' }
  ])
  const pdf = await client.readResource({ uri: 'homeport://note/vault/Scan.pdf' })
  expect(pdf.contents).toMatchObject([{ mimeType: 'text/plain', text: 'Page one.' }])
  for (const missing of ['homeport://note/vault/None.md', 'homeport://note/vault/%', 'file:///etc/passwd'])
    await expect(client.readResource({ uri: missing }), missing).rejects.toThrow('not found')

  const complete = async (name: string, value: string) =>
    (
      await client.complete({
        ref: { type: 'ref/resource', uri: 'homeport://note/{source}/{+path}' },
        argument: { name, value },
        context: { arguments: { source: 'vault' } }
      })
    ).completion.values
  expect(await complete('source', 'va')).toEqual(['vault'])
  expect(await complete('path', 'Bör')).toEqual(['Food/Börek #1.md'])
})
