import { describe, expect, it } from 'vitest'
import { checkLink } from './link-gate.ts'

describe('checkLink', () => {
  it('lets https and mailto through, written by the parser', () => {
    expect(checkLink('https://example.com/a b')).toBe('https://example.com/a%20b')
    expect(checkLink('HTTPS://Example.com')).toBe('https://example.com/')
    expect(checkLink('mailto:a@example.com')).toBe('mailto:a@example.com')
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'http://example.com',
    'file:///etc/passwd',
    'smb://host/share',
    'ms-msdt:/id',
    'calculator://x',
    '\\\\host\\share',
    ' https://example.com',
    'https://example.com ',
    'https://user:pw@example.com',
    'https://user@example.com',
    'https:example.com',
    'https:\\\\example.com',
    '//example.com',
    '/settings',
    'homeport://mcp/install',
    ''
  ])('refuses %j', (href) => {
    expect(checkLink(href)).toBeNull()
  })
})
