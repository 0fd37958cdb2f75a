import { expect, it } from 'vitest'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ReadDocument } from './file-content.ts'
import { LARGEST_FILE, readDocument } from './read-document.ts'

const read = async (path: string, content: string | Uint8Array): Promise<ReadDocument> =>
  await readDocument({ path, bytes: Buffer.from(content), modifiedAt: 2, createdAt: null })

/** The same numbers on every run: tells what goes wrong again. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const pieces = [
  '# Überschrift\n',
  '\n\n',
  '## Ünder ^id\n',
  'Ein Satz über Tee 🍵. ',
  '日本茶は美味しい。',
  '- eins\n  - zwei\n',
  '1. [ ] erstens\n',
  '| a | b |\n|---|---|\n| 茶 | [[x\\|y]] |\n',
  '```js\nlet é = "#no"\n```\n',
  '~~~\n',
  '> [!note] Ö\n> text\n',
  '%%\n',
  '%% a %%',
  '<!-- é -->',
  '<% tp %>',
  '[[Note#Teil|Schild]]',
  '![[ä.png]]',
  '[a](b%20c.md)',
  '$$\nx\n$$\n',
  '---\n',
  'key:: wert\n',
  '#tag ',
  '\r\n',
  '    code\n',
  '[[',
  ']]',
  '`',
  '*',
  '\\',
  'x'.repeat(700)
]

it('says of every passage which bytes of the file it is', async () => {
  for (let seed = 0; seed < 400; seed += 1) {
    const random = randomNumbers(seed)
    const body = Array.from({ length: random(60) }, () => pieces[random(pieces.length)] ?? '').join('')
    const front = seed % 3 === 0 ? '---\nort: Zürich\ntags: [ä]\n---\n' : ''
    const mark = seed % 5 === 0 ? '\ufeff' : ''
    const encoding = seed % 7 === 0 ? 'utf16le' : 'utf8'
    const bytes = Buffer.from((encoding === 'utf8' ? mark : '\ufeff') + front + body, encoding)
    const { chunks, links } = await read('Ä/Tee.md', bytes)
    let before = 0
    for (const { start, end, text } of chunks) {
      expect(bytes.subarray(start, end).toString(encoding)).toBe(text)
      expect(start).toBeGreaterThanOrEqual(before)
      before = end
    }
    for (const { start } of links) expect(bytes.subarray(start).toString(encoding)).toMatch(/^!?\[/)
  }
})

it('leaves nothing but comments and blank lines out of the passages', async () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const random = randomNumbers(seed)
    const shown = pieces.filter((piece) => !/%|<|---|===/.test(piece))
    const body = Array.from({ length: random(60) }, () => shown[random(shown.length)] ?? '').join('')
    const { chunks } = await read('Tee.md', body)
    const kept = chunks.map(({ text }) => text).join('')
    expect(kept.replaceAll(/\s/g, '')).toBe(body.replaceAll(/\s/g, ''))
  }
})

it.each(['a.md', 'a.canvas', 'a.base', 'a.html', 'a.txt', 'a.ts', 'a.png'])(
  'reads %s of any bytes, or says why it cannot',
  async (path) => {
    const samples: Record<string, string> = {
      'a.canvas':
        '{"nodes":[{"type":"text","text":"# A [[b]]","x":1},{"type":"file","file":"c.md"}],"edges":[{"label":"x"}]}',
      'a.html':
        '<html><title>T</title><main><h1>A</h1><p>b <a href="c.html">c</a><table><tr><td>1</td></tr></table></main>'
    }
    const sample = Buffer.from(samples[path] ?? `---\na: [b]\n---\n${pieces.join('')}`)
    for (let seed = 0; seed < 500; seed += 1) {
      const random = randomNumbers(seed)
      const bytes = Buffer.from(sample)
      for (let change = random(8); change >= 0; change -= 1) bytes[random(bytes.length)] = random(256)
      try {
        await read(path, bytes.subarray(0, random(bytes.length + 1)))
      } catch (error) {
        expect(error).toBeInstanceOf(HomeportError)
      }
    }
  }
)

it.each([
  '[[',
  '[',
  '`',
  '%%',
  '<!--',
  '<%',
  '](',
  '![',
  '| ',
  '> ',
  '- ',
  '#',
  '$$\n',
  '```\n',
  'a:: ',
  '::',
  '<a',
  '&',
  '(',
  '---\n',
  '\n'
])('does not take long over a file of nothing but %j', async (mark) => {
  const { chunks } = await read('a.md', mark.repeat(500_000 / mark.length))
  expect(chunks.length).toBeGreaterThan(0)
})

it('reads a list of any length under a heading', async () => {
  const { chunks } = await read('a.md', `# A\n${'- b\n'.repeat(300_000)}`)
  expect(chunks.at(-1)).toMatchObject({ headings: ['A'], end: 4 + 4 * 300_000 - 1 })
})

it('refuses what is not text, not UTF-8, or too large, with what to do', async () => {
  await expect(read('a.md', Buffer.from([65, 0, 66]))).rejects.toThrow('not text')
  await expect(read('a.txt', Buffer.from([65, 0xe9, 66]))).rejects.toMatchObject({
    message: 'The text is not UTF-8',
    action: expect.any(String)
  })
  await expect(read('a.md', new Uint8Array(LARGEST_FILE + 1))).rejects.toThrow('20 MB')
})

it('tells files that are the same by their hash, whatever their name', async () => {
  const [one, same, other] = [await read('a.md', 'x'), await read('b/c.md', 'x'), await read('a.md', 'y')]
  expect(one.hash).toEqual(same.hash)
  expect(one.hash).not.toEqual(other.hash)
  expect(one.hash).toHaveLength(32)
})

it('knows an attachment by its name', async () => {
  expect(await read('Pictures/2023-05-01 Tea house.jpg', new Uint8Array([1]))).toMatchObject({
    kind: 'attachment',
    title: '2023-05-01 Tea house',
    createdAt: new Date(2023, 4, 1).getTime(),
    chunks: [{ text: '' }]
  })
})

it('takes code apart between its functions, and a text between its paragraphs', async () => {
  const body = `${'  const line = compute(value)\n'.repeat(30)}\n  return line\n`
  const code = Array.from({ length: 6 }, (_, index) => `function part${index}() {\n${body}}\n`).join('\n')
  const { kind, chunks } = await read('a.ts', code)
  expect(kind).toBe('code')
  for (const { text } of chunks) expect(text).toMatch(/^function part\d[\s\S]*}$/)
  const text = await read('a.txt', Array.from({ length: 9 }, () => 'A sentence. '.repeat(60)).join('\n\n'))
  for (const chunk of text.chunks) expect(chunk.text).toMatch(/^A sentence\.[\s\S]*sentence\.$/)
})
