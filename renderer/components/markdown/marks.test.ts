import { describe, expect, it } from 'vitest'
import { type MarkdownNode, type MarkKind, markOfLink, remarkMarks } from './marks.ts'

const numbers: MarkKind = {
  name: 'numbers',
  find: (text) =>
    [...text.matchAll(/\[(\d+)\]/g)].map((found) => ({
      start: found.index,
      end: found.index + found[0].length,
      value: found[1] ?? '',
      label: found[0]
    }))
}
const text = (value: string): MarkdownNode => ({ type: 'text', value })
const paragraph = (...children: MarkdownNode[]): MarkdownNode => ({ type: 'paragraph', children })

function marked(...children: MarkdownNode[]): MarkdownNode[] | undefined {
  const tree = { type: 'root', children: [paragraph(...children)] }
  remarkMarks(numbers)(tree)
  return tree.children[0]?.children
}

describe('remarkMarks', () => {
  it('makes links of marks and keeps the words around them', () => {
    expect(marked(text('Soup [1][2] is warm.'))).toEqual([
      text('Soup '),
      { type: 'link', url: '#mark-1', children: [text('[1]')] },
      { type: 'link', url: '#mark-2', children: [text('[2]')] },
      text(' is warm.')
    ])
  })

  it('looks inside of emphasis, and leaves code and the words of links alone', () => {
    const code = { type: 'inlineCode', value: 'a[1]' }
    const link = { type: 'link', url: 'https://example.com', children: [text('[1]')] }
    const strong = { type: 'strong', children: [text('[1]')] }
    expect(marked(code, link, strong)).toEqual([
      code,
      link,
      { type: 'strong', children: [{ type: 'link', url: '#mark-1', children: [text('[1]')] }] }
    ])
  })

  it('takes over links that stand for one of its marks', () => {
    const tree = { type: 'root', children: [{ type: 'link', url: 'Soup.md', children: [text('soup')] }] }
    remarkMarks({ ...numbers, ofLink: (url) => (url.endsWith('.md') ? url : null) })(tree)
    expect(tree.children).toEqual([{ type: 'link', url: '#mark-Soup.md', children: [text('soup')] }])
  })

  it('takes no mark from the text itself', () => {
    expect(marked({ type: 'link', url: '#mark-7', children: [text('click')] })).toEqual([text('click')])
  })
})

describe('markOfLink', () => {
  it('reads back the value of a mark, and nothing from other links', () => {
    expect(markOfLink('#mark-Food%2FSoup%20%231')).toBe('Food/Soup #1')
    expect(markOfLink('#other')).toBeNull()
    expect(markOfLink('#mark-%E0%A4%A')).toBeNull()
    expect(markOfLink(undefined)).toBeNull()
  })
})
