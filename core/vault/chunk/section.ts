import type { Block } from './block.ts'

/** Below so many characters a section says too little to be found alone. */
const SHORT = 400
/** Sections are put together up to so many characters. */
const LONGEST_GROUP = 1200

/** What stands under one heading, the heading first. */
export interface Section {
  /** From the outermost in. */
  headings: string[]
  blocks: Block[]
}

interface Group extends Section {
  /** Has text besides headings. */
  hasText: boolean
}

/** Sections in their order, short ones together with what follows under the same parent. */
export function sectionGroups(blocks: readonly Block[], title: string): Section[] {
  const groups: Group[] = []
  for (const section of sectionsOf(blocks, title)) {
    const group = groups.at(-1)
    if (group && belongTogether(group, section)) join(group, section)
    else groups.push(section)
  }
  return groups
}

function sectionsOf(blocks: readonly Block[], title: string): Group[] {
  const sections: Group[] = []
  const path: { level: number; text: string }[] = []
  let section: Group | undefined
  for (const block of blocks) {
    if (block.kind === 'heading') {
      while ((path.at(-1)?.level ?? 0) >= block.level) path.pop()
      path.push({ level: block.level, text: block.searched })
      section = undefined
    }
    if (!section) {
      const headings = path.map(({ text }) => text)
      if (headings[0] === title) headings.shift()
      section = { headings, blocks: [], hasText: false }
      sections.push(section)
    }
    section.blocks.push(block)
    if (block.kind !== 'heading') section.hasText = true
  }
  return sections
}

function belongTogether(group: Group, section: Group): boolean {
  const parent = section.headings.slice(0, -1)
  const shared = group.hasText ? sharedPath(group.headings, section.headings) : parent
  if (!isPrefix(shared, group.headings) || shared.length < parent.length) return false
  if (group.headings.length > shared.length + 1) return false
  const together = lengthOf(group, section)
  if (!group.hasText) return isPrefix(group.headings, section.headings) || together <= LONGEST_GROUP
  return together <= LONGEST_GROUP && (lengthOf(group) < SHORT || lengthOf(section) < SHORT)
}

function join(group: Group, section: Group): void {
  const isBare = !group.hasText && isPrefix(group.headings, section.headings)
  group.headings = isBare ? section.headings : sharedPath(group.headings, section.headings)
  for (const block of section.blocks) group.blocks.push(block)
  group.hasText ||= section.hasText
}

const lengthOf = (from: Section, until: Section = from): number =>
  (until.blocks.at(-1)?.end ?? 0) - (from.blocks[0]?.start ?? 0)

const isPrefix = (short: readonly string[], long: readonly string[]): boolean =>
  short.length <= long.length && short.every((part, index) => part === long[index])

function sharedPath(left: readonly string[], right: readonly string[]): string[] {
  const differs = left.findIndex((part, index) => part !== right[index])
  return left.slice(0, differs === -1 ? left.length : differs)
}
