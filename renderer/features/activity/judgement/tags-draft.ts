const LONGEST_TAG = 80
const MOST_TAGS = 20

/** The tags with those of a comma-separated text, each once; what went wrong in words where they cannot be added. */
export function withTags(tags: readonly string[], text: string): { tags: string[] } | { problem: string } {
  const wanted = text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
  const all = [...new Set([...tags, ...wanted])]
  if (wanted.some((tag) => tag.length > LONGEST_TAG)) {
    return { problem: `A tag may have ${LONGEST_TAG} characters.` }
  }
  return all.length > MOST_TAGS ? { problem: `A call may have ${MOST_TAGS} tags.` } : { tags: all }
}
