import { basename } from 'node:path'

/** A place within a note. */
export interface NotePlace {
  /** Within the vault, with `/` between folders. */
  path: string
  /** From the outermost in. */
  headings: readonly string[]
  /** Of a PDF, from 1. */
  page: number | null
}

/** Opens a note at its heading in Obsidian, which knows a vault by its folder's name: https://obsidian.md/help/uri */
export function obsidianUrl(vaultFolder: string, { path, headings, page }: NotePlace): string {
  const note = path.replace(/\.md$/i, '')
  const names = headings.map(linkedHeading).filter((name) => name !== '')
  const place = page === null ? names.map((name) => `#${name}`).join('') : `#page=${page}`
  return `obsidian://open?vault=${encodeURIComponent(basename(vaultFolder))}&file=${encodeURIComponent(note + place)}`
}

/** A heading as a link names it: what has a meaning in links is left out. */
const linkedHeading = (heading: string): string =>
  heading
    .replace(/[#|^\\:]|%%|\[\[|\]\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
