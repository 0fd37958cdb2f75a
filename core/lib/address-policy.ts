import { BlockList, isIP } from 'node:net'

/**
 * Where an address lies. `forbidden` holds what no model server can rightly have: link-local (cloud metadata answers
 * there), "any" and multicast addresses, and the IPv6 ranges that smuggle an IPv4 address past a check.
 */
export type AddressClass = 'loopback' | 'private' | 'public' | 'forbidden'

type Range = readonly [network: string, prefix: number]

const loopbackRanges: Range[] = [
  ['127.0.0.0', 8],
  ['::1', 128]
]
const privateRanges: Range[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10], // carrier-grade NAT; Tailscale and other overlays
  ['fc00::', 7]
]
const forbiddenRanges: Range[] = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32], // Alibaba Cloud metadata
  ['192.0.0.0', 24], // Oracle Cloud metadata is 192.0.0.192
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['fd00:ec2::254', 128], // AWS metadata
  ['::', 128],
  ['::', 96], // IPv4-compatible; ::1 is decided before
  ['64:ff9b::', 96], // NAT64
  ['64:ff9b:1::', 48],
  ['2001::', 32], // Teredo
  ['2002::', 16], // 6to4
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8]
]

const listOf = (ranges: Range[]): BlockList => {
  const list = new BlockList()
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, familyOf(network))
  return list
}
const familyOf = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4')

const loopback = listOf(loopbackRanges)
const forbidden = listOf(forbiddenRanges)
const privateNetworks = listOf(privateRanges)

/** Class of an IP address in text form, IPv6 without brackets. `::ffff:1.2.3.4` counts as the IPv4 address in it. */
export function classifyAddress(address: string): AddressClass {
  const bare = address.replace(/%.*$/, '')
  if (isIP(bare) === 0) return 'forbidden'
  const family = familyOf(bare)
  if (loopback.check(bare, family)) return 'loopback'
  if (forbidden.check(bare, family)) return 'forbidden'
  return privateNetworks.check(bare, family) ? 'private' : 'public'
}

/** Names that only a local network knows: `nas`, `studio.local`, `box.lan`. */
const LOCAL_NAME = /^[^.]+$|\.(local|lan|home\.arpa|internal)$/

/** Class that a host of a URL claims to be of; what a name resolves to is checked when connecting. */
export function classifyHost(host: string): AddressClass {
  const bare = bareHost(host)
  if (isIP(bare) !== 0) return classifyAddress(bare)
  if (bare === 'localhost' || bare.endsWith('.localhost')) return 'loopback'
  return LOCAL_NAME.test(bare) ? 'private' : 'public'
}

/**
 * Whether a connection for `host` may go to `address`: a public name only to a public address, a local name only to this
 * machine or its network. A name that is rebound to another network is caught here.
 */
export function mayConnect(host: string, address: string): boolean {
  const actual = classifyAddress(address)
  switch (classifyHost(host)) {
    case 'public':
      return actual === 'public'
    case 'private':
      return actual === 'private' || actual === 'loopback'
    case 'loopback':
      return actual === 'loopback'
    case 'forbidden':
      return false
  }
}

/** A URL's `hostname` without IPv6 brackets and the root dot, in lower case. */
function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}
