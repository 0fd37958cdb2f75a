import { expect, it } from 'vitest'
import { readCanvas } from './canvas.ts'

const read = (canvas: unknown) =>
  readCanvas({
    path: 'Plans/Tea house.canvas',
    bytes: Buffer.from(JSON.stringify(canvas)),
    modifiedAt: 1,
    createdAt: null
  })
const place = (x: number, y: number, size = 100) => ({ x, y, width: size, height: size })

it('reads cards from the top down, as notes are read', () => {
  const { title, chunks, tags, links } = read({
    nodes: [
      { id: 'b', type: 'text', text: 'é **Second** [[Cups|the cups]]', ...place(0, 200) },
      { id: 'a', type: 'text', text: '# First\n#plan', ...place(0, 0) },
      { id: 'c', type: 'file', file: 'Notes/Tea.md', subpath: '#Green', ...place(0, 400) },
      { id: 'd', type: 'link', url: 'https://tea.example', ...place(0, 600) }
    ],
    edges: [{ id: 'e', fromNode: 'a', toNode: 'b', label: 'leads to' }]
  })
  expect(title).toBe('Tea house')
  expect(tags).toEqual(['plan'])
  const [chunk] = chunks
  expect(chunk?.searchText).toBe(
    'First\n#plan\né Second the cups\nNotes/Tea.md\nhttps://tea.example\nleads to'
  )
  expect(links).toMatchObject([
    { target: 'Cups', label: 'the cups', embed: false },
    { target: 'Notes/Tea.md', subpath: 'Green', embed: true }
  ])
  const text = Buffer.from(chunk?.text ?? '')
  expect(text.subarray(links[0]?.start).toString()).toMatch(/^\[\[Cups/)
})

it('takes a group as the heading of the cards that lie in it', () => {
  const text = 'word '.repeat(150)
  const { chunks } = read({
    nodes: [
      { id: 'g', type: 'group', label: 'Later', ...place(0, 0, 500) },
      { id: 'a', type: 'text', text, ...place(10, 10) },
      { id: 'b', type: 'text', text, ...place(900, 0) }
    ]
  })
  expect(chunks.map(({ headings }) => headings)).toEqual([[], ['Later']])
})

it('reads an empty canvas, and refuses what is none', () => {
  expect(
    readCanvas({ path: 'a.canvas', bytes: Buffer.from(''), modifiedAt: 1, createdAt: null }).chunks
  ).toHaveLength(1)
  expect(() =>
    readCanvas({ path: 'a.canvas', bytes: Buffer.from('{'), modifiedAt: 1, createdAt: null })
  ).toThrow('not valid JSON')
})
