import { describe, expect, it } from 'vitest'
import { normalizeBaseUrl } from './base-url.ts'

describe('normalizeBaseUrl', () => {
  it.each([
    ['http://localhost:11434', 'http://localhost:11434/v1'],
    ['http://localhost:11434/', 'http://localhost:11434/v1'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
    ['http://localhost:11434/v1///', 'http://localhost:11434/v1'],
    ['localhost:11434', 'http://localhost:11434/v1'],
    ['192.168.1.20:8080', 'http://192.168.1.20:8080/v1'],
    ['studio.local:1234', 'http://studio.local:1234/v1'],
    ['api.openai.com', 'https://api.openai.com/v1'],
    ['  https://API.openai.com/v1/chat/completions ', 'https://api.openai.com/v1'],
    ['https://openrouter.ai/api/v1/models', 'https://openrouter.ai/api/v1'],
    ['https://api.openai.com:443/v1', 'https://api.openai.com/v1'],
    [
      'https://generativelanguage.googleapis.com/v1beta/openai/',
      'https://generativelanguage.googleapis.com/v1beta/openai'
    ],
    ['http://127.1:8080', 'http://127.0.0.1:8080/v1'],
    ['http://0x7f.1:8080', 'http://127.0.0.1:8080/v1'],
    ['http://2130706433:8080', 'http://127.0.0.1:8080/v1'],
    ['http://[::1]:8080', 'http://[::1]:8080/v1'],
    ['http://[::ffff:127.0.0.1]:8080', 'http://[::ffff:7f00:1]:8080/v1'],
    ['http://10.0.0.5/v1', 'http://10.0.0.5/v1']
  ])('makes %s into %s', (input, expected) => {
    expect(normalizeBaseUrl(input)).toBe(expected)
    expect(normalizeBaseUrl(expected)).toBe(expected)
  })

  it.each([
    ['plain http to the internet', 'http://api.openai.com/v1', /plain http/],
    ['plain http to a public IP address', 'http://8.8.8.8', /plain http/],
    ['a name that only looks local', 'http://127.0.0.1.nip.io:8080', /plain http/],
    ['a password in the address', 'https://me:secret@api.openai.com', /password/],
    ['a host hidden behind a user name', 'http://ok@evil.example', /password/],
    ['cloud metadata', 'http://169.254.169.254/latest', /cannot be the address/],
    ['cloud metadata in other digits', 'http://0xa9fea9fe', /cannot be the address/],
    ['cloud metadata in IPv6', 'http://[::ffff:169.254.169.254]', /cannot be the address/],
    ['cloud metadata through NAT64', 'http://[64:ff9b::a9fe:a9fe]', /cannot be the address/],
    ['link-local IPv6', 'http://[fe80::1]:8080', /cannot be the address/],
    ['every interface', 'http://0.0.0.0:11434', /cannot be the address/],
    ['the port of another service', 'http://[::1]:22', /Port 22/],
    ['a query', 'https://api.example.com/v1?key=abc', /“\?”/],
    ['another scheme', 'ftp://api.example.com', /http/],
    ['a file', 'file:///etc/passwd', /not an address|Only http/],
    ['words', 'my server', /not an address/],
    ['nothing', '', /not an address/]
  ])('refuses %s', (_, input, message) => {
    expect(() => normalizeBaseUrl(input)).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        param: 'baseUrl',
        message: expect.stringMatching(message)
      })
    )
  })
})
