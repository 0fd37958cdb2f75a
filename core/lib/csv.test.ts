import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('a sum of money below zero stays a number, and what else begins like a formula is text', () => {
  expect(csvLine(['-0.000000042', '-1+2', null, 7])).toBe("-0.000000042,'-1+2,,7\r\n")
})
