import { expect, it } from 'vitest'
import { placeWords } from './citation-words.ts'

it('names the place from the outside in, with the page of a PDF', () => {
  expect(placeWords({ title: 'House plan', headings: ['Heating', 'Radiators'], page: null })).toBe(
    'House plan › Heating › Radiators'
  )
  expect(placeWords({ title: 'Manual', headings: [], page: 14 })).toBe('Manual › page 14')
})
