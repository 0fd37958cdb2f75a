import { expect, test } from 'vitest'
import { browserCommand } from './browser.ts'

const url = 'http://127.0.0.1:7678/#code=a&b"c'

test('the link is one argument of a program, never part of a shell line', () => {
  expect(browserCommand(url, 'darwin', {})).toEqual(['open', [url]])
  expect(browserCommand(url, 'win32', {})).toEqual(['rundll32', ['url.dll,FileProtocolHandler', url]])
  expect(browserCommand(url, 'linux', { DISPLAY: ':0' })).toEqual(['xdg-open', [url]])
  expect(browserCommand(url, 'linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open', [url]])
})

test('without a display there is nothing to open', () => {
  expect(browserCommand(url, 'linux', {})).toBeNull()
})
