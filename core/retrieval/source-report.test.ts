import { expect, test } from 'vitest'
import { indexOf, link, note } from './retrieval.test-support.ts'

const lines = (count: number, word: string): string =>
  Array.from({ length: count }, (_, index) => `${word} line number ${index}`).join('\n')

test('a report says what is twice there, unlinked, unresolved, stale and left out', async () => {
  const templated = Array.from({ length: 21 }, (_, index) =>
    note(`t${index}.md`, `Number ${index}\nMade from a template`)
  )
  const reader = await indexOf([
    ...templated,
    note('hub.md', 'x', { links: [link('long'), link('Nowhere')], modifiedAt: Date.now() }),
    note('long.md', lines(10, 'same')),
    note('copy.md', `${lines(9, 'same')}\none more line`),
    note('twin1.md', 'equal', { hash: new Uint8Array([1]) }),
    note('twin2.md', 'equal', { hash: new Uint8Array([1]) }),
    note('ancient.md', 'x', { modifiedAt: 1, links: [link('hub')] }),
    note('photo.png', [], { kind: 'attachment' })
  ])
  const report = reader.report()
  expect(report.byKind).toMatchObject([
    { kind: 'markdown', documents: 27 },
    { kind: 'attachment', documents: 1, chunks: 0 }
  ])
  expect(report.withoutText).toBe(1)
  expect(report.orphans.map(({ path }) => path)).toContain('copy.md')
  expect(report.orphans.map(({ path }) => path)).not.toContain('long.md')
  expect(report.unresolvedLinks).toEqual([{ target: 'Nowhere', from: ['hub.md'] }])
  expect(report.duplicates).toEqual([
    { kind: 'same', paths: ['twin1.md', 'twin2.md'], likeness: 1 },
    { kind: 'similar', paths: ['long.md', 'copy.md'], likeness: expect.closeTo(9 / 11) }
  ])
  expect(report.stale).toMatchObject([{ path: 'ancient.md', modifiedAt: 1, backlinks: 0 }])
  expect(report.boilerplate).toEqual([{ text: 'Made from a template', documents: 21 }])
})
