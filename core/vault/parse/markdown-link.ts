import type { DocumentLink } from '../../retrieval/document.ts'

type LinkTarget = Pick<DocumentLink, 'target' | 'subpath' | 'label'>

/** What stands between `[[` and `]]`. A bar in a table is written with a backslash before it. */
export function wikiLink(written: string): LinkTarget {
  const bar = written.indexOf('|')
  const address = (bar === -1 ? written : written.slice(0, bar)).replace(/\\$/, '')
  const label = bar === -1 ? '' : written.slice(bar + 1).trim()
  return { ...addressed(address), label: label === '' ? null : label }
}

/** A Markdown link's address in parentheses, where it leads to a file; null where it leads out. */
export function fileLink(written: string, label: string): LinkTarget | null {
  const trimmed = written.trim()
  const address = trimmed.startsWith('<') ? trimmed.slice(1, trimmed.indexOf('>')) : withoutTitle(trimmed)
  if (address === '' || address.startsWith('//') || hasScheme(address)) return null
  return { ...addressed(percentDecoded(address)), label: label === '' ? null : label }
}

/** A text in quotes may follow the address. */
const withoutTitle = (written: string): string =>
  written.includes(' ') ? written.replace(/\s+["'(].*$/, '') : written

const hasScheme = (address: string): boolean => address.includes(':') && /^[a-z][a-z0-9+.-]*:/i.test(address)

/** `Note#Heading`, `Note#Outer#Inner`, `Note#^block`: of nested headings the last is the place. */
function addressed(address: string): Pick<DocumentLink, 'target' | 'subpath'> {
  const mark = address.indexOf('#')
  const target = (mark === -1 ? address : address.slice(0, mark)).trim().normalize('NFC')
  const subpath = mark === -1 ? '' : address.slice(address.lastIndexOf('#') + 1).trim()
  return { target, subpath: subpath === '' ? null : subpath }
}

function percentDecoded(address: string): string {
  if (!address.includes('%')) return address
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
