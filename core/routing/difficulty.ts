import type { RequestTraits } from './request-traits.ts'

/** How hard a request is, and what made it so. */
export interface Difficulty {
  /** From 0 (easy) to 1 (hard). */
  score: number
  reasons: { what: string; points: number }[]
}

/** From here on a request is hard. */
export const HARD_FROM = 0.5

interface Sign {
  what: string
  points: number
  of(traits: RequestTraits): boolean
}

const words = (pattern: RegExp) => (traits: RequestTraits) => pattern.test(traits.words)

/**
 * The signs that `auto` goes by, with their points. Their sum, held between 0 and 1, is the score. What the client itself
 * says of reasoning weighs most: it knows its task.
 */
const signs: readonly Sign[] = [
  { what: 'long prompt', points: 0.15, of: ({ tokens }) => tokens > 4000 && tokens <= 16_000 },
  { what: 'very long prompt', points: 0.3, of: ({ tokens }) => tokens > 16_000 },
  { what: 'code', points: 0.25, of: ({ hasCode }) => hasCode },
  {
    what: 'mathematics',
    points: 0.3,
    of: words(
      /\\(frac|int|sum|sqrt|begin)|[∫∑√∂]|\b(prove|theorem|lemma|integral|derivative|equations?|probabilit(y|ies)|matri(x|ces)|eigenvalues?|beweise?|gleichung|démontre|demuestra)\b/i
    )
  },
  {
    what: 'words of reasoning',
    points: 0.3,
    of: words(
      /\b(step[- ]by[- ]step|think (hard|carefully)|reason (about|through)|analy[sz]e|evaluate|trade-?offs?|root cause|architect(ure)?|design|refactor|debug|diagnose|optimi[sz]e|strategy|schritt für schritt|analysiere|entwirf|begründe|étape par étape|analyse[rz]?|paso a paso|analiza)\b/i
    )
  },
  {
    what: 'several tasks at once',
    points: 0.1,
    of: ({ words: text }) => (text.match(/^[ \t]*(\d+[.)]|[-*•])\s/gm)?.length ?? 0) >= 3
  },
  { what: 'tools', points: 0.15, of: ({ tools }) => tools > 0 && tools < 8 },
  { what: 'many tools', points: 0.3, of: ({ tools }) => tools >= 8 },
  { what: 'images', points: 0.15, of: ({ hasImages }) => hasImages },
  { what: 'structured output', points: 0.1, of: ({ wantsJson }) => wantsJson },
  { what: 'long conversation', points: 0.1, of: ({ turns }) => turns > 6 },
  { what: 'reasoning asked for', points: 0.5, of: ({ reasoning }) => effortOf(reasoning) === 'much' },
  {
    what: 'little or no reasoning asked for',
    points: -0.3,
    of: ({ reasoning }) => effortOf(reasoning) === 'little'
  },
  {
    what: 'a routine task',
    points: -0.2,
    of: words(
      /\b(translate|summari[sz]e|rephrase|proofread|fix (the )?(spelling|grammar|typos)|tl;?dr|übersetze|fasse .{0,60}zusammen|traduis|traduce|resume)\b/i
    )
  }
]

export function difficultyOf(traits: RequestTraits): Difficulty {
  const reasons = signs.filter((sign) => sign.of(traits)).map(({ what, points }) => ({ what, points }))
  const sum = reasons.reduce((total, { points }) => total + points, 0)
  return { score: Math.round(Math.min(Math.max(sum, 0), 1) * 100) / 100, reasons }
}

/** In one phrase: `easy, 0.25: code +0.25`. */
export function describeDifficulty({ score, reasons }: Difficulty): string {
  const level = score >= HARD_FROM ? 'hard' : 'easy'
  const parts = reasons.map(({ what, points }) => `${what} ${points > 0 ? '+' : '−'}${Math.abs(points)}`)
  return `${level}, ${score}${parts.length > 0 ? `: ${parts.join(', ')}` : ': nothing speaks of a hard task'}`
}

/** The bounds are those between a low and a medium effort. */
function effortOf(reasoning: RequestTraits['reasoning']): 'little' | 'much' | null {
  if (!reasoning) return null
  const { effort, budgetTokens } = reasoning
  if (effort !== undefined)
    return effort === 'medium' || effort === 'high' || effort === 'xhigh' ? 'much' : 'little'
  if (budgetTokens === undefined) return null
  return budgetTokens >= 8192 ? 'much' : 'little'
}
