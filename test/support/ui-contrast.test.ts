import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../renderer/styles/tokens.css', import.meta.url), 'utf8')

type Tokens = Record<string, string>

function tokensOf(block: string): Tokens {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1], match[2]])
  )
}

const [lightBlock = '', darkBlock = ''] = css.split(':root[data-theme="dark"]')
const light = tokensOf(lightBlock)
const themes = { light, dark: { ...light, ...tokensOf(darkBlock) } }

/** Relative luminance of an opaque oklch colour. Source: CSS Color 4, section 10, and WCAG 2.2. */
function luminance(colour: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = (/oklch\(([\d.\s]+)\)/.exec(colour)?.[1] ?? '')
    .split(/\s+/)
    .map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  const clip = (value: number): number => Math.min(Math.max(value, 0), 1)
  return 0.2126 * clip(red) + 0.7152 * clip(green) + 0.0722 * clip(blue)
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const texts = ['text-1', 'text-2', 'text-3', 'accent-text', 'ok-text', 'warn-text', 'bad-text']
const surfaces = ['surface-0', 'surface-1', 'surface-2', 'surface-sunk']

describe.each(Object.entries(themes))('%s theme', (_, tokens) => {
  const at = (name: string): string => tokens[name] ?? ''

  it.each(texts)('%s is readable on every surface (WCAG AA)', (text) => {
    for (const surface of surfaces) {
      expect(contrast(at(text), at(surface)), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('writes readably on the accent', () => {
    expect(contrast(at('on-accent'), at('accent'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(at('on-accent'), at('accent-hover'))).toBeGreaterThanOrEqual(4.5)
  })

  it('shows status and focus with 3 to 1 at least', () => {
    for (const name of ['ok', 'warn', 'bad', 'accent']) {
      for (const surface of ['surface-0', 'surface-1', 'surface-2'])
        expect(contrast(at(name), at(surface)), `${name} on ${surface}`).toBeGreaterThanOrEqual(3)
    }
  })
})
