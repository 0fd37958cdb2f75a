import type { z } from 'zod'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** What is wrong and where, in words for who wrote it. */
export interface DescribedIssue {
  path: Path
  words: string
}

/** `isGiven` says whether there is anything at a path. */
export function describeIssue(issue: Issue, isGiven: (path: Path) => boolean): DescribedIssue {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys
    return { path: [...path, name], words: 'there is no such setting' }
  }
  if (!isGiven(path)) return { path, words: 'it is missing' }
  switch (issue.code) {
    case 'invalid_type':
      return { path, words: `it must be ${forms[issue.expected] ?? issue.expected}` }
    case 'invalid_value':
      return {
        path,
        words: `it must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`
      }
    case 'too_small':
      return { path, words: `it must ${tooFew(issue.origin, Number(issue.minimum))}` }
    case 'too_big':
      return { path, words: `it must ${tooMany(issue.origin, Number(issue.maximum))}` }
    case 'invalid_key':
      return { path, words: 'this cannot be a name here' }
    case 'invalid_union':
      return describeUnion(issue, isGiven)
    case 'invalid_format':
    case 'custom':
      // the schema's own words
      return { path, words: issue.message }
    default:
      return { path, words: 'it is not as it must be' }
  }
}

/** By the form that the value has, where it is one of them; else by all forms that it could have. */
function describeUnion(
  { path, errors }: Extract<Issue, { code: 'invalid_union' }>,
  isGiven: (path: Path) => boolean
): DescribedIssue {
  const firsts = errors.flatMap(([first]) => (first ? [first] : []))
  const inside = firsts.find((first) => first.code !== 'invalid_type' || first.path.length > 0)
  if (inside) return describeIssue({ ...inside, path: [...path, ...inside.path] }, isGiven)
  const expected = firsts.map((first) => (first.code === 'invalid_type' ? forms[first.expected] : undefined))
  return { path, words: `it must be ${expected.filter(Boolean).join(' or ')}` }
}

const forms: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of settings',
  record: 'a group of names'
}

function tooFew(origin: string, minimum: number): string {
  if (origin === 'number') return `be at least ${minimum}`
  if (origin === 'array') return `have at least ${minimum === 1 ? 'one entry' : `${minimum} entries`}`
  return minimum === 1 ? 'not be empty' : `have at least ${minimum} characters`
}

function tooMany(origin: string, maximum: number): string {
  if (origin === 'number') return `be at most ${maximum}`
  return `have at most ${maximum} ${origin === 'array' ? 'entries' : 'characters'}`
}
