/** Something in a text that is drawn as a thing of its own: `[1]`, `[[a note]]`. Characters from, until. */
export interface Mark {
  start: number
  end: number
  /** What it stands for, as the one who draws it knows it. */
  value: string
  /** What is shown where nobody draws it. */
  label: string
}

export interface MarkKind {
  /** Tells kinds apart: the renderer keeps what it made for one by its name. */
  name: string
  /** The marks in a piece of running text, in order. Code is never asked about. */
  find(text: string): Mark[]
  /** What a link that the text brings along stands for; null where it is none of these marks. */
  ofLink?(url: string): string | null
}

/** The part of a Markdown tree that is touched here. */
export interface MarkdownNode {
  type: string
  value?: string
  url?: string
  children?: MarkdownNode[]
}

/** In front of a mark's value in the address of the link it becomes. The sanitiser lets such addresses pass. */
const PREFIX = '#mark-'

/** The value of a mark, from the address of its link; null for any other link. */
export function markOfLink(href: string | undefined): string | null {
  if (!href?.startsWith(PREFIX)) return null
  try {
    return decodeURIComponent(href.slice(PREFIX.length))
  } catch {
    return null
  }
}

/** A remark plugin that makes links of marks. A link that a text brings along with such an address becomes its words. */
export function remarkMarks(kind: MarkKind): (tree: MarkdownNode) => void {
  return (tree) => visit(tree, kind)
}

function visit(node: MarkdownNode, kind: MarkKind): void {
  if (!node.children) return
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text') return cut(child.value ?? '', kind)
    if (child.type === 'linkReference') return [child]
    if (child.type === 'link') return ownLink(child, kind)
    visit(child, kind)
    return [child]
  })
}

function ownLink(link: MarkdownNode, kind: MarkKind): MarkdownNode[] {
  const url = link.url ?? ''
  if (url.startsWith(PREFIX)) return link.children ?? []
  const value = kind.ofLink?.(url) ?? null
  return [value === null ? link : { ...link, url: PREFIX + encodeURIComponent(value) }]
}

function cut(text: string, kind: MarkKind): MarkdownNode[] {
  const nodes: MarkdownNode[] = []
  let at = 0
  for (const { start, end, value, label } of kind.find(text)) {
    if (start > at) nodes.push({ type: 'text', value: text.slice(at, start) })
    const url = PREFIX + encodeURIComponent(value)
    nodes.push({ type: 'link', url, children: [{ type: 'text', value: label }] })
    at = end
  }
  if (at < text.length) nodes.push({ type: 'text', value: text.slice(at) })
  return nodes
}
