import { describe, expect, it } from 'vitest'
import { noteLinks, resolveLink } from './note-links.ts'

const found = (text: string) => noteLinks.find(text).map(({ value, label }) => [value, label])

describe('noteLinks', () => {
  it('reads targets, headings, other words and embeds', () => {
    expect(
      found('See [[Leek soup]], [[Leek soup#Broth]], [[Food/Leek soup|that]] and ![[pot.png]].')
    ).toEqual([
      ['Leek soup', 'Leek soup'],
      ['Leek soup#Broth', 'Leek soup › Broth'],
      ['Food/Leek soup', 'that'],
      ['pot.png', 'pot.png']
    ])
  })

  it('takes links to files for links to notes, and addresses for what they are', () => {
    expect(noteLinks.ofLink?.('Leek%20soup.md')).toBe('Leek soup.md')
    for (const url of ['https://example.com/a.md', 'obsidian://open?vault=a', '#broth', '%E0%A4%A']) {
      expect(noteLinks.ofLink?.(url)).toBeNull()
    }
  })
})

describe('resolveLink', () => {
  const link = (path: string, title: string) => ({ sourceId: 'home', path, title, line: '' })
  const note = {
    path: 'Food/Menu.md',
    links: [
      link('Food/Leek soup.md', 'Leek soup'),
      link('House/Plan.canvas', 'Plan'),
      link('a/pot.png', 'pot.png')
    ]
  }

  it('finds the note by its name, its path or its title', () => {
    for (const target of ['Leek soup', 'leek soup#Broth', 'Food/Leek soup.md', '../Food/Leek soup.md']) {
      expect(resolveLink(target, note)).toBe('Food/Leek soup.md')
    }
    expect(resolveLink('pot.png', note)).toBe('a/pot.png')
    expect(resolveLink('Plan', note)).toBe('House/Plan.canvas')
  })

  it('stays in the note for a heading of its own, and knows when a link leads nowhere', () => {
    expect(resolveLink('#Monday', note)).toBe('Food/Menu.md')
    expect(resolveLink('Onion soup', note)).toBeNull()
  })
})
