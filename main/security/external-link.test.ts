import { describe, expect, it } from 'vitest'
import { externalLink } from './external-link.ts'

describe('externalLink', () => {
  it.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://Example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['https://xn--e1awd7f.com/', 'https://xn--e1awd7f.com/'],
    ['https://еxample.com/', 'https://xn--xample-2of.com/'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
    ['mailto:a@example.com?subject=Hi&body=there', 'mailto:a@example.com?subject=Hi&body=there'],
    [
      'obsidian://open?vault=Home&file=Food%2FSoup%23Leek%20soup',
      'obsidian://open?vault=Home&file=Food%2FSoup%23Leek%20soup'
    ],
    ['obsidian://open?path=%2Fhome%2Fada%2FSoup.md', 'obsidian://open?path=%2Fhome%2Fada%2FSoup.md']
  ])('opens %s', (link, opened) => expect(externalLink(link)).toBe(opened))

  it.each([
    'http://example.com',
    'file:///etc/passwd',
    'smb://host/share',
    'ms-msdt:/id PCWDiagnostic',
    'calculator://',
    'javascript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'app://homeport/index.html',
    'homeport://mcp/install',
    'view-source:https://example.com',
    'blob:https://example.com/1',
    '\\\\host\\share',
    '//host/share',
    'https:\\\\example.com',
    'https://example.com\\@evil.example',
    ' https://example.com',
    'https://example.com ',
    '\thttps://example.com',
    'https://exam\nple.com',
    'java\nscript:alert(1)',
    'https://example.com/\u0000',
    'https://example.com/\u202egnp.exe',
    '\u200bhttps://example.com',
    'https://user:pw@example.com',
    'https://user@example.com',
    'https://',
    'mailto:',
    'mailto:nobody',
    'mailto:a@example.com?attach=/etc/passwd',
    'mailto:a@example.com?ATTACHMENT=x',
    'obsidian://open',
    'obsidian://open/?vault=Home&file=a&append=x',
    'obsidian://open?vault=Home&file=a&content=x',
    'obsidian://open/new?vault=Home&file=a',
    'obsidian://open?vault=Home#x',
    'obsidian://new?vault=Home&file=a',
    'obsidian://hook-get-address',
    'obsidian://advanced-uri?vault=Home&commandid=app:delete-file',
    'obsidian://x@open?vault=Home',
    'obsidian:open?vault=Home',
    'example.com',
    '',
    `https://example.com/${'a'.repeat(4000)}`
  ])('refuses %j', (link) => expect(externalLink(link)).toBeNull())
})
