import { expect, it } from 'vitest'
import type { ReadDocument } from './file-content.ts'
import { readDocument } from './read-document.ts'

/** A note as it is read. */
function note(text: string, path = 'Notes/Tea.md'): ReadDocument {
  const read = readDocument({ path, bytes: Buffer.from(text), modifiedAt: 2, createdAt: 1 })
  if (read instanceof Promise) throw new Error('A note is read at once')
  return read
}
const searched = (text: string): string[] => note(text).chunks.map((chunk) => chunk.searchText ?? chunk.text)
const targets = (text: string): string[] => note(text).links.map(({ target }) => target)

it('calls a note by its file, and keeps other names as aliases', () => {
  const { title, aliases } = note('---\ntitle: All about tea\naliases: [Chai, Cha]\n---\n# The tea book\n')
  expect(title).toBe('Tea')
  expect(aliases).toEqual(['Chai', 'Cha', 'All about tea', 'The tea book'])
  expect(note('---\nalias: Chai, Cha\n---\n# Tea').aliases).toEqual(['Chai', 'Cha'])
})

it.each([
  ['a list', 'tags:\n  - drink\n  - hot/green'],
  ['a list in a line', 'tags: [drink, hot/green]'],
  ['words', 'tags: drink hot/green'],
  ['words with marks', 'tag: "#drink, #hot/green"']
])('reads tags that are %s', (_form, property) => {
  expect(note(`---\n${property}\n---\n`).tags).toEqual(['drink', 'hot/green'])
})

it('finds tags in the text, but not in code, addresses, links and numbers', () => {
  const { tags } = note(
    'A #drink and #Drink, (#hot/green) #日本茶 #1 a#no https://x.org/#no [x](y.md#no) `#no` [[y#no]]\n\n```\n#no\n```\n\n    #no\n\n$$\n#no\n$$'
  )
  expect(tags).toEqual(['drink', 'hot/green', '日本茶'])
})

it('takes the date a note gives itself, then that of its name, then that of the file', () => {
  const day = new Date(2023, 4, 1).getTime()
  expect(note('---\ncreated: 2023-05-01\n---\n').createdAt).toBe(day)
  expect(note('---\ndate: 2023-05-01T10:30:00+02:00\n---\n').createdAt).toBe(Date.UTC(2023, 4, 1, 8, 30))
  expect(note('', 'Daily/2023-05-01.md').createdAt).toBe(day)
  expect(note('---\ncreated: soon\n---\n').createdAt).toBe(1)
})

it('keeps properties as they are written, and reads on where they are not YAML', () => {
  expect(note('---\nyear: 2020\ndone: true\nlist:\n  - "[[A]]"\nmore: {a: [1]}\n---\n').properties).toEqual({
    year: 2020,
    done: true,
    list: ['[[A]]'],
    more: { a: [1] }
  })
  const broken = note('---\ntags: [tea\nyear: 2020\n: }\n---\nA text.')
  expect(broken.problem).toMatch(/YAML/)
  expect(broken.properties).toMatchObject({ year: 2020 })
  expect(broken.chunks.map(({ text }) => text).join()).toContain('A text.')
})

it('adds inline fields to the properties, and keeps them searched', () => {
  const text = 'Origin:: [[Japan]]\n- price:: 3 [sort:: green] a (x:: y)\n- price:: 4\n\n`no:: field`'
  expect(note(text).properties).toEqual({ Origin: '[[Japan]]', price: ['3 a', '4'], sort: 'green', x: 'y' })
  expect(searched(text).join()).toContain('Origin: Japan')
})

it.each([
  ['[[Note]]', { target: 'Note', subpath: null, label: null, embed: false }],
  ['[[Folder/Note|shown]]', { target: 'Folder/Note', subpath: null, label: 'shown', embed: false }],
  ['[[Note#Heading]]', { target: 'Note', subpath: 'Heading', label: null, embed: false }],
  ['[[#^block]]', { target: '', subpath: '^block', label: null, embed: false }],
  ['![[picture.png|200]]', { target: 'picture.png', subpath: null, label: '200', embed: true }],
  ['[shown](My%20Note.md#Part)', { target: 'My Note.md', subpath: 'Part', label: 'shown', embed: false }],
  ['![alt](<a b.png> "t")', { target: 'a b.png', subpath: null, label: 'alt', embed: true }],
  ['| a |\n|---|\n| [[Note\\|shown]] |', { target: 'Note', subpath: null, label: 'shown', embed: false }]
])('reads the link %s', (written, expected) => {
  expect(note(`é ${written}`).links).toMatchObject([expected])
})

it('says in which line and at which byte a link stands', () => {
  const [link] = note('é\n\n- see [[Note]] for more\n').links
  expect(link).toMatchObject({ line: '- see [[Note]] for more', start: 10 })
})

it('follows no link that leads out, or stands in code or a comment', () => {
  expect(
    targets(
      '[a](https://x.org) [b](mailto:a@b.c) `[[c]]` %%[[d]]%% <!-- [[e]] --> <% [[f]] %>\n\n```\n[[g]]\n```'
    )
  ).toEqual([])
  expect(targets('---\nup: "[[Home]]"\n---\n[[Tea]]')).toEqual(['Home', 'Tea'])
})

it('searches what a reader sees', () => {
  expect(
    searched(
      '**Bold**, ==marked== and ~~old~~ `code` [[Note|label]] [[Folder/Name]] [text](a.md) ![[x.png]] &amp; <b>html</b> snake_case \\*star ^id1'
    )
  ).toEqual(['Bold, marked and old code label Name text x.png & html snake_case *star'])
  expect(searched('> [!warning]- Beware\n> of *dogs*')).toEqual(['Beware\nof dogs'])
  expect(searched('- [x] done\n- [ ] open\n1. first')).toEqual(['done\nopen\nfirst'])
  expect(searched('Text[^1] on\n\n[^1]: The note.')).toEqual(['Text on\nThe note.'])
})

it('does not search comments, over several lines either', () => {
  const seen = searched('One %%no%% two\n\n%%\nno\n\n# no\n%%\n\nthree <!-- no\n\nno --> four').join('\n')
  expect(seen).not.toContain('no')
  expect(seen).toMatch(/One {2}two\nthree\s+four/)
})

it('takes the element code for code, with entities in it', () => {
  const text =
    '<p>In <code>[[page name&#124;display *name*]] #no</code> and <CODE class="x">[[b]]</code> see [[Note]] #yes &#x41;&#0;</p>'
  expect(targets(text)).toEqual(['Note'])
  expect(note(text).tags).toEqual(['yes'])
  expect(searched(text)[0]?.trim()).toBe('In [[page name|display *name*]] #no and [[b]] see Note #yes A&#0;')
  expect(targets('<code>never closed [[a]]')).toEqual(['a'])
  expect(targets('<codex>[[a]]</codex> <code></code>[[b]]')).toEqual(['a', 'b'])
})

it('takes marks of comments within code for what they are', () => {
  expect(searched('Write `%%` before.\n\nText.\n\nAnd `%%` behind.').join()).toContain('Text.')
})

it('does not search a picture that is written into the note', () => {
  const { chunks } = note(`Before ![photo](data:image/png;base64,${'iVBORw0KGgo'.repeat(3000)}) after.`)
  const all = chunks.map((chunk) => chunk.searchText ?? chunk.text).join('\n')
  expect(all).toMatch(/Before[\s\S]*after/)
  expect(all.length).toBeLessThan(4000)
})

it('reads on after a comment or code that is never closed', () => {
  expect(searched('One %% two\n\nthree').join()).toContain('three')
  expect(searched('One\n\n```js\nlet a').join()).toContain('let a')
})

it('takes headings of both forms as where a passage stands', () => {
  const long = 'word '.repeat(120)
  const text = `# Tea\n\n## Green ##\n${long}\n### Sencha *2*\n${long}\n\nBlack\n-----\n${long}\n`
  expect(note(text).chunks.map(({ headings }) => headings)).toEqual([
    ['Green'],
    ['Green', 'Sencha 2'],
    ['Black']
  ])
})

it('takes a long line above a rule for a paragraph', () => {
  expect(note(`${'word '.repeat(60)}\n---\nMore.`).chunks[0]?.headings).toEqual([])
})

it('takes nothing within code, quotes of code or lists for a heading', () => {
  const { chunks } = note(
    '## A\n~~~\n# no\n```\n~~~\n- item\n  ```\n  # no\n  ```\n\n    # no\n> ```\n> # no\n> ```\n#no\n'
  )
  expect(chunks.map(({ headings }) => headings)).toEqual([['A']])
})

it('finds an empty note, and one of nothing but properties or headings', () => {
  expect(note('').chunks).toEqual([{ headings: [], text: '', start: 0, end: 0, page: null }])
  expect(note('---\ntags: x\n---\n').chunks).toHaveLength(1)
  expect(note('---\nstart: 2023-05-01\nplace: "[[Japan]]"\n---\n').chunks).toMatchObject([
    { text: 'start: 2023-05-01\nplace: "[[Japan]]"', searchText: 'start: 2023-05-01\nplace: Japan' }
  ])
  expect(note('# A\n## B').chunks).toMatchObject([{ text: '# A\n## B' }])
})

it('searches properties with the first passage, with less weight than its text', () => {
  const [chunk] = note('---\nplace: "[[Japan]]"\ntags: [x]\ncssclasses: wide\n---\nThe text.').chunks
  expect(chunk).toMatchObject({ searchText: 'The text.', context: 'place: Japan' })
  expect(chunk?.text).toMatch(/^place: [\s\S]*The text\.$/)
})
