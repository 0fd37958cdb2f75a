import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { mayConnect } from './address-policy.ts'

/** Resolves a name to all its addresses, as `dns.lookup` does. */
export type ResolveAll = (
  host: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void
) => void

/**
 * The `lookup` of a socket that hands on only addresses the host may have. The socket connects to exactly what it is
 * given here, so no second answer of the resolver can slip in between check and connection. `refused`: the error of a host
 * that has none.
 */
export function guardedLookup(
  refused: (host: string) => Error,
  resolve: ResolveAll = lookup
): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const allowed = addresses.filter(({ address }) => mayConnect(host, address))
      const [first] = allowed
      if (!first) return callback(refused(host), [])
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}
