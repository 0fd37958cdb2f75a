import type { Note } from '../../../../core/contract/knowledge.ts'
import type { MarkKind } from '../../../components/markdown/marks.ts'

const wikilink = /!?\[\[([^[\]|\n]+)(?:\\?\|([^[\]\n]+))?\]\]/g

/** Links to other notes in the text of one: `[[Leek soup#Broth|the broth]]`, `[the broth](Leek%20soup.md)`. */
export const noteLinks: MarkKind = {
  name: 'note-links',
  find: (text) =>
    [...text.matchAll(wikilink)].map((found) => {
      const [whole, target = '', alias] = found
      const label = alias ?? target.replace(/^#/, '').replaceAll('#', ' › ')
      return { start: found.index, end: found.index + whole.length, value: target.trim(), label }
    }),
  ofLink(url) {
    if (/^([a-z][a-z0-9+.-]*:|\/|#|\?)/i.test(url)) return null
    try {
      return decodeURIComponent(url)
    } catch {
      return null
    }
  }
}

/** The path that a link in a note leads to; null where it leads nowhere. */
export function resolveLink(target: string, note: Pick<Note, 'path' | 'links'>): string | null {
  const [name = ''] = target.replace(/^(?:\.{1,2}\/)+/, '').split(/[#^]/)
  if (name.trim() === '') return note.path
  const wanted = withoutExtension(name.trim().toLowerCase())
  const found =
    note.links.find(({ path }) => withoutExtension(path.toLowerCase()) === wanted) ??
    note.links.find(({ path }) => withoutExtension(path.toLowerCase()).endsWith(`/${wanted}`)) ??
    note.links.find(({ title }) => title.toLowerCase() === wanted)
  return found?.path ?? null
}

const withoutExtension = (path: string): string => path.replace(/\.md$/, '')
