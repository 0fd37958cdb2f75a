import { expect, test } from 'vitest'
import { openIndexReader } from './index-reader.ts'
import { chunk, indexOf, indexPath, link, note, now, pathsOf, search } from './retrieval.test-support.ts'

const kitchen = [
  note('Food/Bread.md', 'Rye bread needs a sourdough starter and a hot oven.', { tags: ['recipe/baking'] }),
  note('Food/Soup.md', 'Pumpkin soup with ginger, cooked slowly on the stove.', { tags: ['recipe'] }),
  note('House/Boiler.md', 'The boiler was repaired by the plumber; its pressure is 1.5 bar.'),
  note('House/Roof.md', 'The roof leaks near the chimney. Call the roofer before winter.')
]

test('there is no reader before there is an index', () => {
  expect(openIndexReader(indexPath())).toBeNull()
})

test('finds a passage by its words, with other endings', async () => {
  const answer = await search(await indexOf(kitchen), 'repairing the boilers')
  expect(pathsOf(answer)[0]).toBe('House/Boiler.md')
  const [hit] = answer.hits
  expect(hit?.why.matchedWords).toEqual(['repairing', 'boilers'])
  expect(hit?.highlights.map(([from, until]) => hit.chunk.text.slice(from, until))).toEqual([
    'boiler',
    'repaired'
  ])
})

test('finds a passage by its meaning', async () => {
  expect(pathsOf(await search(await indexOf(kitchen), 'baking loaves of wheat dough'))[0]).toBe(
    'Food/Bread.md'
  )
})

test('finds what only other words for the question name', async () => {
  const reader = await indexOf(kitchen)
  const alternatives = ['How much pressure does the boiler need?']
  expect((await search(reader, 'is zorbing meant?')).hits).toEqual([])
  expect((await search(reader, 'is zorbing meant?', { alternatives })).hits.length).toBeGreaterThan(0)
  expect((await search(reader, '"zorbing is meant"', { alternatives })).hits).toEqual([])
})

test('the shares of a score sum to it, and scores fall', async () => {
  const reader = await indexOf([...kitchen, note('Food/Rolls.md', 'Bread rolls need the oven too.')])
  const { hits } = await search(reader, 'bread in the oven and who repaired the boiler?')
  expect(hits.length).toBeGreaterThan(2)
  for (const { score, why } of hits)
    expect(why.words + why.meaning + why.links + why.recency + (why.diversity ?? 0)).toBeCloseTo(score, 9)
  const scores = hits.map(({ score }) => score)
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
})

test('a very common word beside a rare one finds what it names, and counts in what the rare one finds', async () => {
  const log = (word: string, times: number) =>
    note(
      `${times}.md`,
      Array.from({ length: times }, (_, start) => chunk(word, { start }))
    )
  const reader = await indexOf([
    log('xyloq', 2600),
    log('qarvin', 2700),
    note('Xyloq.md', 'An entry alone.'),
    note('Rare.md', 'The vurtz qarvin.'),
    note('Both.md', 'The vurtz xyloq.')
  ])
  expect(pathsOf(await search(reader, 'xyloq vurtz'))).toEqual(['Both.md', 'Rare.md', 'Xyloq.md'])
  expect(pathsOf(await search(reader, 'xyloq'))).toContain('2600.md')
})

test('says that nothing is near enough', async () => {
  const reader = await indexOf(kitchen)
  expect(await search(reader, 'symptoms of appendicitis')).toMatchObject({ hits: [], belowFloor: true })
  expect((await search(reader, 'boiler pressure')).belowFloor).toBe(false)
})

test('a filter leaves what it names, in text or beside it', async () => {
  const reader = await indexOf(kitchen)
  const found = async (text: string, filter = {}) =>
    pathsOf(await search(reader, text, { filter })).toSorted()
  expect(await found('tag:recipe oven stove')).toEqual(['Food/Bread.md', 'Food/Soup.md'])
  expect(await found('oven stove', { tags: ['recipe/baking'] })).toEqual(['Food/Bread.md'])
  expect(await found('path:house winter oven')).toEqual(['House/Boiler.md', 'House/Roof.md'])
  expect(await found('oven chimney', { folders: ['House'] })).toEqual(['House/Boiler.md', 'House/Roof.md'])
  expect(await found('oven', { folders: ['Hous'] })).toEqual([])
  expect(await found('kind:pdf oven')).toEqual([])
})

test('a filter alone lists what is newest first', async () => {
  const reader = await indexOf([
    note('a.md', 'old', { tags: ['x'], modifiedAt: 1 }),
    note('b.md', 'new', { tags: ['x'], modifiedAt: 2 }),
    note('c.md', 'other')
  ])
  expect(pathsOf(await search(reader, 'tag:x'))).toEqual(['b.md', 'a.md'])
})

test('quoted words must stand together, unless they do so nowhere', async () => {
  const reader = await indexOf([
    note('a.md', 'The red brick house by the sea'),
    note('b.md', 'A house of red and yellow brick')
  ])
  expect(pathsOf(await search(reader, '"red brick" house'))).toEqual(['a.md'])
  expect(pathsOf(await search(reader, '"yellow house" brick'))).toHaveLength(2)
})

test('dates narrow a search for changes, and draw near what is of that time', async () => {
  const at = (month: number, day: number): number => new Date(2026, month - 1, day, 9).getTime()
  const reader = await indexOf([
    note('old.md', 'Budget of the garden', { modifiedAt: at(1, 5) }),
    note('new.md', 'Budget of the garden', { modifiedAt: at(5, 12) }),
    note('2026-05-13.md', 'Budget of the garden, in short', { modifiedAt: at(1, 5) })
  ])
  const edited = await search(reader, 'garden budget edited last week')
  expect(pathsOf(edited).toSorted()).toEqual(['2026-05-13.md', 'new.md'])
  expect(edited.understood).toMatchObject({ from: at(5, 11) - 9 * 3_600_000 })
  const asked = await search(reader, 'garden budget in January 2026')
  expect(pathsOf(asked)).toHaveLength(3)
  expect(pathsOf(asked).indexOf('old.md')).toBeLessThan(pathsOf(asked).indexOf('new.md'))
})

test('each part of a question brings its best passage', async () => {
  const others = Array.from({ length: 30 }, (_, index) =>
    note(`n${index}.md`, `The oven and bread number ${index}`)
  )
  const reader = await indexOf([...kitchen, ...others])
  const answer = await search(reader, 'Which bread needs the oven? Why does the roof leak?', { limit: 4 })
  expect(answer.understood.parts).toEqual(['Which bread needs the oven', 'Why does the roof leak'])
  expect(pathsOf(answer)).toContain('House/Roof.md')
})

test('finds text without spaces, and a word that is half typed', async () => {
  const reader = await indexOf([...kitchen, note('猫.md', '私の猫は窓のそばで寝ている')])
  expect(pathsOf(await search(reader, '猫'))[0]).toBe('猫.md')
  expect(pathsOf(await search(reader, 'pump', { typing: true }))[0]).toBe('Food/Soup.md')
})

test('an identifier is found by its words', async () => {
  const reader = await indexOf([...kitchen, note('api.md', 'Call `getLastOpenFiles()` of the workspace.')])
  expect(pathsOf(await search(reader, 'which files were open last'))[0]).toBe('api.md')
  expect(pathsOf(await search(reader, 'getLastOpenFiles'))[0]).toBe('api.md')
})

test('another embedder than the one of the index leaves meaning out', async () => {
  const reader = await indexOf(kitchen)
  const { signal } = new AbortController()
  const other = {
    id: 'other',
    dimensions: 3,
    weight: 1,
    batch: 1,
    embed: () => Promise.reject(new Error('asked'))
  }
  const { hits } = await reader.search(
    { text: 'boiler', filter: {}, limit: 5, typing: false, now },
    other,
    signal
  )
  expect(hits.map(({ why }) => [why.meaning, why.cosine])).toEqual([[0, null]])
})

test('links are resolved as Obsidian does', async () => {
  const reader = await indexOf([
    note('Notes/Own/Home.md', 'x'),
    note('Work/Home.md', 'x'),
    note('Work/Plan.md', 'x', { links: [link('Home'), link('Nowhere'), link('Boss')] }),
    note('People/Ann.md', 'x', { aliases: ['Boss'] }),
    note('img/photo.png', 'x', { kind: 'attachment' })
  ])
  expect(reader.resolve('Home', 'Work/Plan.md')).toBe('Work/Home.md')
  expect(reader.resolve('home', 'People/Ann.md')).toBe('Work/Home.md')
  expect(reader.resolve('home', 'Notes/Own/Day.md')).toBe('Notes/Own/Home.md')
  expect(reader.resolve('Work/Home', 'People/Ann.md')).toBe('Work/Home.md')
  expect(reader.resolve('Boss', 'Work/Home.md')).toBe('People/Ann.md')
  expect(reader.resolve('photo.png', 'Work/Home.md')).toBe('img/photo.png')
  expect(reader.resolve('Missing', 'Work/Home.md')).toBeNull()
  const plan = reader.document('Work/Plan.md')
  expect(plan?.links.map(({ path }) => path)).toEqual(['Work/Home.md', null, 'People/Ann.md'])
  expect(reader.document('People/Ann.md')?.backlinks).toMatchObject([{ path: 'Work/Plan.md' }])
})

test('the graph around a note goes as far as asked, and says when it was cut', async () => {
  const reader = await indexOf([
    note('a.md', 'x', { links: [link('b')] }),
    note('b.md', 'x', { links: [link('c')] }),
    note('c.md', 'x')
  ])
  expect(reader.graph('a.md', 1, 10)).toEqual({
    nodes: [
      { path: 'a.md', title: 'a', distance: 0, links: 1 },
      { path: 'b.md', title: 'b', distance: 1, links: 2 }
    ],
    edges: [{ from: 'a.md', to: 'b.md' }],
    truncated: false
  })
  expect(reader.graph('a.md', 2, 10).nodes).toHaveLength(3)
  expect(reader.graph('a.md', 2, 2)).toMatchObject({ truncated: true })
})

test('notes near in meaning are those that are not linked already', async () => {
  const reader = await indexOf([
    note('Oven.md', 'How hot the oven must be for bread', { links: [link('Bread')] }),
    ...kitchen
  ])
  const related = reader.related('Oven.md', 2).map(({ path }) => path)
  expect(related).toHaveLength(2)
  expect(related).not.toContain('Food/Bread.md')
  expect(related[0]).toBe('Food/Soup.md')
})

test('a passage is given with its section first, within the budget', async () => {
  const part = (text: string, headings: string[], start: number) =>
    chunk(text.padEnd(400, '.'), { headings, start, end: start + 400 })
  const reader = await indexOf([
    note('long.md', [
      part('intro', ['A'], 0),
      part('one', ['A', 'B'], 400),
      part('two', ['A', 'B'], 800),
      part('next', ['A', 'C'], 1200)
    ])
  ])
  expect(reader.expand('long.md', 800, 100)).toMatchObject({ start: 800, end: 1200 })
  expect(reader.expand('long.md', 800, 200)).toMatchObject({ start: 400, end: 1200 })
  expect(reader.expand('long.md', 800, 1000)).toMatchObject({ start: 0, end: 1600 })
  expect(reader.expand('long.md', 5, 100)).toBeNull()
})
