import { describe, expect, it } from 'vitest'
import { checkLink, checkNoteLink } from './link-gate.ts'

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
    'obsidian://open?vault=Home&file=a',
    ''
  ])('refuses %j', (href) => {
    expect(checkLink(href)).toBeNull()
  })
})

describe('checkNoteLink', () => {
  it('lets a place in a vault through', () => {
    const link = 'obsidian://open?vault=Home&file=Food%2FSoup%23Leek%20soup'
    expect(checkNoteLink(link)).toBe(link)
  })

  it.each([
    'obsidian://new?vault=Home&file=a',
    'obsidian://open?vault=Home&file=a&append=x',
    'obsidian://open',
    'obsidian:open?vault=Home',
    'https://example.com',
    'javascript:alert(1)'
  ])('refuses %j', (href) => {
    expect(checkNoteLink(href)).toBeNull()
  })
})
