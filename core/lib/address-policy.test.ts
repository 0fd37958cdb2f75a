import { describe, expect, it } from 'vitest'
import { classifyAddress, classifyHost, mayConnect } from './address-policy.ts'

describe('classifyAddress', () => {
  it.each([
    ['loopback', ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1']],
    [
      'private',
      ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.2', '100.64.0.1', 'fd12::1', '::ffff:10.0.0.1']
    ],
    ['public', ['1.1.1.1', '172.32.0.1', '2606:4700::1111', '::ffff:1.1.1.1']],
    [
      'forbidden',
      [
        '169.254.169.254',
        '::ffff:169.254.169.254',
        'fe80::1',
        'fe80::1%eth0',
        'fd00:ec2::254',
        '100.100.100.200',
        '192.0.0.192',
        '0.0.0.0',
        '::',
        '::7f00:1',
        '64:ff9b::a9fe:a9fe',
        '64:ff9b:1::a00:1',
        '2002:7f00:1::',
        '2001::1',
        '224.0.0.1',
        '255.255.255.255',
        'ff02::1',
        'not-an-address'
      ]
    ]
  ])('counts as %s', (expected, addresses) => {
    for (const address of addresses) expect([address, classifyAddress(address)]).toEqual([address, expected])
  })
})

describe('classifyHost', () => {
  it.each([
    ['localhost', 'loopback'],
    ['a.localhost', 'loopback'],
    ['[::1]', 'loopback'],
    ['nas', 'private'],
    ['Studio.local', 'private'],
    ['box.lan.', 'private'],
    ['api.openai.com', 'public'],
    ['127.0.0.1.nip.io', 'public'],
    ['localhost.evil.com', 'public'],
    ['[64:ff9b::a9fe:a9fe]', 'forbidden']
  ])('%s is %s', (host, expected) => {
    expect(classifyHost(host)).toBe(expected)
  })
})

describe('mayConnect', () => {
  it.each([
    ['api.example.com', '93.184.216.34', true],
    ['api.example.com', '127.0.0.1', false],
    ['api.example.com', '192.168.0.1', false],
    ['api.example.com', '169.254.169.254', false],
    ['nas.local', '192.168.0.1', true],
    ['nas.local', '127.0.1.1', true],
    ['nas.local', '93.184.216.34', false],
    ['metadata.google.internal', '169.254.169.254', false],
    ['localhost', '::1', true],
    ['localhost', '192.168.0.1', false],
    ['169.254.169.254', '169.254.169.254', false]
  ])('%s to %s: %s', (host, address, expected) => {
    expect(mayConnect(host, address)).toBe(expected)
  })
})
