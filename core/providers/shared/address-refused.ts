import { HomeportError } from '../../errors/homeport-error.ts'

/** The error of a host that leads where it must not. */
export function addressRefused(host: string): HomeportError {
  return new HomeportError(
    'upstream-unreachable',
    `${host} leads to an address of another network than its name says, so nothing was sent there.`,
    { action: 'Check the address of the provider, and the DNS settings of this machine.' }
  )
}
