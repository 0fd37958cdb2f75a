type Keys = Readonly<Record<string, number | null>> | undefined

/** As a list of choices has it: `as-set`, `never`, or the likeness as text. */
export type Likeness = string

/** What is chosen for one app key. */
export function keyLikeness(keys: Keys, id: string): Likeness {
  const own = keys?.[id]
  if (own === undefined) return 'as-set'
  return own === null ? 'never' : String(own)
}

/** The same for all keys but one. */
export function withKeyLikeness(keys: Keys, id: string, likeness: Likeness): Record<string, number | null> {
  const { [id]: _, ...others } = keys ?? {}
  if (likeness === 'as-set') return others
  return { ...others, [id]: likeness === 'never' ? null : Number(likeness) }
}
