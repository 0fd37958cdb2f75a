/** What a model takes and refuses. Sources: the models overview, thinking and effort pages of platform.claude.com/docs. */
export interface ModelTraits {
  /** Most tokens of one answer, thoughts included. */
  maxOutput: number
  contextTokens: number | null
  /** How it is asked to think: by a number of tokens, or (since Claude 4.6) by an effort, deciding itself how much. */
  thinking: 'none' | 'budget' | 'adaptive'
  /** It thinks whatever it is told. */
  alwaysThinks: boolean
  /** The effort `xhigh` exists. */
  xhigh: boolean
  /** `one`: temperature or top_p, not both. `none`: neither, nor top_k. */
  sampling: 'all' | 'one' | 'none'
  /** Answers and arguments can be held to a JSON schema. */
  structured: boolean
}

/** Both orders of the name: `claude-3-7-sonnet-20250219` and `claude-opus-4-1-20250805`. */
const name = /claude-(?:(\d)(?:-(\d))?-)?([a-z]+)(?:-(\d)(?!\d)(?:-(\d)(?!\d))?)?/

/** A Claude that came after this was written is taken for one like the newest known. */
const NEWEST = 50

/** Traits by a model's id. Another vendor's model behind the dialect is taken for an early one with a thinking budget. */
export function traitsOf(model: string): ModelTraits {
  const [match, oldMajor, oldMinor, line, major, minor] = name.exec(model) ?? []
  if (match === undefined) return otherVendor
  const version = Number(oldMajor ?? major ?? 0) * 10 + Number(oldMinor ?? minor ?? 0) || NEWEST
  return {
    maxOutput: maxOutputOf(version, line === 'opus'),
    contextTokens: version >= 46 ? 1_000_000 : 200_000,
    thinking: version >= 46 ? 'adaptive' : version >= 37 ? 'budget' : 'none',
    alwaysThinks: line === 'fable' || line === 'mythos',
    xhigh: version >= 47,
    sampling: version >= 47 ? 'none' : version >= 41 ? 'one' : 'all',
    structured: version >= 45
  }
}

const otherVendor: ModelTraits = {
  maxOutput: 32_000,
  contextTokens: null,
  thinking: 'budget',
  alwaysThinks: false,
  xhigh: false,
  sampling: 'all',
  structured: false
}

function maxOutputOf(version: number, isOpus: boolean): number {
  if (version >= 46) return 128_000
  if (version >= 45) return 64_000
  if (version >= 37) return isOpus ? 32_000 : 64_000
  return version >= 35 ? 8192 : 4096
}
