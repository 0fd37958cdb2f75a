/** The longest name, in bytes: file systems take 255, and a number and `.md` follow. */
const MOST_BYTES = 180

/** What Windows keeps for devices, with any ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

/**
 * A file's name, without ending, that every system and Obsidian's links can take: no path, no character that any of them
 * forbids, no end that Windows cuts off.
 */
export function noteName(wanted: string): string {
  const plain = wanted
    .normalize('NFC')
    .replace(/\.md$/i, '')
    // Obsidian's links end at # ^ | and brackets; what nobody sees could make two names look alike,
    // but for the joints that some scripts and pictures are made with
    .replace(/(?:[\\/:*?"<>|#^[\]\p{Cc}]|(?![\u200c\u200d])\p{Cf})+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
  const name = cut(plain).replace(/[. ]+$/, '')
  if (name === '') return 'Note'
  return reserved.test(name) ? `${name.replace('.', ' ')} note` : name
}

function cut(name: string): string {
  let bytes = 0
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    bytes += Buffer.byteLength(segment)
    if (bytes > MOST_BYTES) break
    kept += segment
  }
  return kept
}
