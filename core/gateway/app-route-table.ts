import { type AppRouteKey, appRoutes } from '../contract/app-routes.ts'
import { HomeportError } from '../errors/homeport-error.ts'

interface PathPattern {
  segments: string[]
  /** The route of each method this path has. */
  methods: Map<string, AppRouteKey>
}

export type RouteMatch =
  | { key: AppRouteKey; params: Record<string, string> }
  /** The path is known, the method is not one of these. */
  | { allowed: string[] }

const patterns = new Map<string, PathPattern>()
for (const key of Object.keys(appRoutes) as AppRouteKey[]) {
  const [method = '', path = ''] = key.split(' ')
  const pattern = patterns.get(path) ?? { segments: path.split('/'), methods: new Map() }
  pattern.methods.set(method, key)
  patterns.set(path, pattern)
}

/** Finds a route of the contract. Throws `not-found` for an unknown path and `bad-request` for a badly encoded one. */
export function findAppRoute(method: string, path: string): RouteMatch {
  const exact = patterns.get(path)
  if (exact !== undefined) return matched(exact, method, {})
  const segments = path.split('/')
  for (const pattern of patterns.values()) {
    const params = paramsOf(pattern.segments, segments)
    if (params !== null) return matched(pattern, method, params)
  }
  throw new HomeportError('not-found', 'There is nothing at this address.')
}

function matched({ methods }: PathPattern, method: string, params: Record<string, string>): RouteMatch {
  const key = methods.get(method)
  return key === undefined ? { allowed: [...methods.keys()] } : { key, params }
}

function paramsOf(pattern: string[], segments: string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null
  const params: Record<string, string> = {}
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if (!expected.startsWith(':')) {
      if (segment !== expected) return null
    } else {
      if (segment === '') return null
      params[expected.slice(1)] = decodeSegment(segment)
    }
  }
  return params
}

/** A part of a path as its sender meant it. Throws `bad-request`. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new HomeportError('bad-request', 'The address is not properly encoded.')
  }
}
