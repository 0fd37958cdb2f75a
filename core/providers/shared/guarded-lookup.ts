import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { HomeportError } from '../../errors/homeport-error.ts'
import { mayConnect } from '../../lib/address-policy.ts'

/** Resolves a name to all its addresses, as `dns.lookup` does. */
export type ResolveAll = (
  host: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void
) => void

/**
 * The `lookup` of a socket that hands on only addresses the host may have. The socket connects to exactly what it is
 * given here, so no second answer of the resolver can slip in between check and connection.
 */
export function guardedLookup(resolve: ResolveAll = lookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const allowed = addresses.filter(({ address }) => mayConnect(host, address))
      const first = allowed[0]
      if (!first) return callback(addressRefused(host), [])
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

/** The error of a host that leads where it must not. */
export function addressRefused(host: string): HomeportError {
  return new HomeportError(
    'upstream-unreachable',
    `${host} leads to an address of another network than its name says, so nothing was sent there.`,
    { action: 'Check the address of the provider, and the DNS settings of this machine.' }
  )
}
