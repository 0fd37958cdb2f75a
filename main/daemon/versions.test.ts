import { expect, it } from 'vitest'
import { compareVersions } from './versions.ts'

it.each([
  ['0.1.0', '0.1.0', 0],
  ['0.1.0', '0.2.0', -1],
  ['0.10.0', '0.9.9', 1],
  ['1.0.0-beta.1', '1.0.0', 0],
  ['1.0', '1.0.1', -1]
])('compares %s to %s', (a, b, order) => expect(Math.sign(compareVersions(a, b))).toBe(order))
