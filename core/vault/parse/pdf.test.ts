import { expect, it } from 'vitest'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ReadDocument } from './file-content.ts'
import { type SampleLine, samplePdf } from './pdf.test-support.ts'
import { readDocument } from './read-document.ts'

const read = async (bytes: Uint8Array): Promise<ReadDocument> =>
  await readDocument({ path: 'Papers/Tea.pdf', bytes, modifiedAt: 2, createdAt: 1 })

const lines = (...texts: string[]): SampleLine[] =>
  texts.map((text, index) => ({ text, y: 700 - index * 14 }))

it('says on which page a passage stands, and where in the text', async () => {
  const { title, aliases, kind, chunks } = await read(
    samplePdf([lines('Green tea is steamed.'), [], lines('Black tea is oxidised.')], { title: 'On tea' })
  )
  expect({ title, aliases, kind }).toEqual({ title: 'Tea', aliases: ['On tea'], kind: 'pdf' })
  expect(chunks).toMatchObject([
    { text: 'Green tea is steamed.', page: 1, start: 0, end: 21 },
    { text: 'Black tea is oxidised.', page: 3, start: 23 }
  ])
})

it('makes words whole that a line parts, and keeps paragraphs apart', async () => {
  const page = [
    ...lines('It is oxi-', 'dised in the Anglo-', 'Saxon way.'),
    { text: 'Another matter.', y: 600 }
  ]
  const { chunks } = await read(samplePdf([page]))
  expect(chunks.map(({ text }) => text)).toEqual([
    'It is oxidised in the Anglo-\nSaxon way.\n\nAnother matter.'
  ])
})

it('leaves out what stands at the edge of most pages', async () => {
  const words = ['one', 'two', 'three', 'four']
  const pages = words.map((word, index) => [
    { text: 'The Book of Tea', y: 760 },
    ...lines(`Chapter ${word} begins.`, 'It says more.', `And ends with ${word}.`),
    { text: `Page ${index + 1} of 4`, y: 30 }
  ])
  const { chunks } = await read(samplePdf(pages))
  expect(chunks).toHaveLength(4)
  expect(chunks.map(({ text }) => text).join()).not.toMatch(/Book of Tea|Page/)
  expect(chunks[2]?.text).toContain('Chapter three begins.')
})

it('leaves out the header of a chapter where it has the page’s number', async () => {
  const pages = Array.from({ length: 10 }, (_, index) => {
    const chapter = index < 4 ? 'Leaves' : 'Water'
    return lines(
      `Chapter ${chapter} ${index + 1}`,
      `Of ${chapter.toLowerCase()} and ${'abcdefghij'.charAt(index)}.`
    )
  })
  const { chunks } = await read(samplePdf(pages))
  expect(chunks.map(({ text }) => text).join()).not.toContain('Chapter')
  expect(chunks[9]?.text).toBe('Of water and j.')
})

it('says why it cannot read a scan, a locked file and a damaged one', async () => {
  await expect(read(samplePdf([[]]))).rejects.toThrow('no text')
  const locked = samplePdf([lines('x')], {
    trailer: `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'00'.repeat(32)}> /U <${'11'.repeat(32)}> >>`
  })
  await expect(read(locked)).rejects.toThrow('password')
  await expect(read(Buffer.from('%PDF-1.4\nnothing'))).rejects.toThrow('damaged')
})

it('reads any bytes, or says why it cannot', async () => {
  const sample = samplePdf([lines('Green tea.'), lines('Black tea.')])
  let state = 7
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let round = 0; round < 60; round += 1) {
    const bytes = Buffer.from(sample)
    for (let change = random(6); change >= 0; change -= 1) bytes[random(bytes.length)] = random(256)
    await read(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(HomeportError))
  }
})
