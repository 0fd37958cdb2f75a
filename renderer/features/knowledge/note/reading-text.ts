const frontmatter = /^---[ \t]*\r?\n[\s\S]*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/
const fence = /^\s*(`{3,}|~{3,})/
const callout = /^(\s*(?:>\s*)+)\[!([a-z-]+)\][+-]?[ \t]*(.*)$/i

/** A note as it is read: without its properties (shown beside it), without comments, with callouts as quotes. */
export function readingText(markdown: string): string {
  return withoutComments(markdown.replace(frontmatter, ''))
    .split('\n')
    .map(outsideOfCode((line) => withoutBlockId(withCalloutTitle(line))))
    .join('\n')
}

/** Changes lines, but none inside of fenced code. */
function outsideOfCode(change: (line: string) => string): (line: string) => string {
  let open: string | null = null
  return (line) => {
    const marker = fence.exec(line)?.[1]
    if (open === null && marker !== undefined) open = marker
    else if (open !== null) {
      if (marker?.startsWith(open)) open = null
      return line
    }
    return open === null ? change(line) : line
  }
}

function withCalloutTitle(line: string): string {
  const [whole, quote = '', kind = '', title = ''] = callout.exec(line) ?? []
  if (whole === undefined) return line
  return `${quote}**${title || kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase()}**\n${quote}`
}

function withoutBlockId(line: string): string {
  return line.replace(/(?:^|\s)\^[a-z0-9-]+\s*$/i, '')
}

/** `%% not to be read %%`, in a line or over many; an even number of marks, so that a lone one hides nothing. */
function withoutComments(markdown: string): string {
  return markdown.replace(/(^|\n)(`{3,}|~{3,})[\s\S]*?\n\2|%%[\s\S]*?%%/g, (found) =>
    found.startsWith('%%') ? '' : found
  )
}
