import { expect, it } from 'vitest'
import { readHtml } from './html.ts'

const read = (bytes: string | Uint8Array) =>
  readHtml({ path: 'Clips/tea.html', bytes: Buffer.from(bytes), modifiedAt: 1, createdAt: null })
const long = `<p>${'word '.repeat(120)}</p>`

it('reads what a page says, under its headings', () => {
  const { aliases, chunks } = read(
    `<html><head><title>All about\n tea</title><style>p{}</style><body><h1>All about tea</h1>${long}<h2>Green &amp; black</h2>${long}`
  )
  expect(aliases).toEqual(['All about tea'])
  expect(chunks.map(({ headings }) => headings)).toEqual([[], ['Green & black']])
})

it('leaves out menus, scripts and what stands outside of the main part', () => {
  const { chunks } = read(
    `<body><nav>Menu</nav><div>Advertisement</div><main><p>The text.</p><script>no()</script></main><footer>Imprint</footer>`
  )
  expect(chunks).toMatchObject([{ text: 'The text.' }])
})

it('keeps a page whole that has next to nothing in its main part', () => {
  const { chunks } = read(`<body><main><p>Loading</p></main>${long}`)
  expect(chunks[0]?.text).toContain('word word')
})

it('keeps lines of code, rows of tables and items of lists apart', () => {
  const { chunks } = read(
    '<body><pre>let a\n  = 1</pre><table><tr><th>Tea<th>Price</tr><tr><td><p>Green</p><td>3</tr></table><ul><li>one<li>two</ul>a<br>b'
  )
  expect(chunks[0]?.text).toBe('let a\n  = 1\n\nTea | Price\nGreen | 3\n\none\n\ntwo\n\na\nb')
})

it('finds links to other files', () => {
  expect(
    read('<p>See <a href="my%20note.html#part">that <b>note</b></a> and <a href="https://x.org">x</a>').links
  ).toEqual([
    {
      target: 'my note.html',
      subpath: 'part',
      label: 'that note',
      embed: false,
      line: 'See that note and x',
      start: 0
    }
  ])
})

it.each([
  ['utf-8', Buffer.from('<p>Grüße')],
  ['its own word', Buffer.from('<meta charset="iso-8859-1"><p>Gr\xfc\xdfe', 'latin1')],
  ['a guess', Buffer.from('<p>Gr\xfc\xdfe', 'latin1')],
  ['a mark', Buffer.from('\ufeff<p>Grüße', 'utf16le')],
  ['a name that nobody knows', Buffer.from('<meta charset="x-none"><p>Gr\xfc\xdfe', 'latin1')]
])('knows how a page is written by %s', (_how, bytes) => {
  expect(read(bytes).chunks).toMatchObject([{ text: 'Grüße' }])
})
