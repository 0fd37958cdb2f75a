import { expect, test } from 'vitest'
import { checkCitations } from './check-citations.ts'
import { passageOf } from './grounding.test-support.ts'

const passages = [
  passageOf(1, {
    text: 'Mix 500 g of flour with 1,000 ml of water. Let it rest three hours; Anna bakes it at 230 °C.'
  }),
  passageOf(2, {
    title: 'Trip',
    headings: ['Lisbon'],
    path: 'Trips/Lisbon.md',
    text: 'We stayed at Casa Azul in May 2024.'
  })
]
const supportOf = async (answer: string) =>
  (await checkCitations(answer, passages)).citations.map(({ supported }) => supported)

test.each([
  ['Mix the flour with a litre of water, that is 1000 ml [1].', [true, null]],
  ['Anna bakes it at 230 °C after it has rested for 3 hours [1].', [true, null]],
  ['In Lisbon you stayed at Casa Azul [2].', [null, true]],
  ['The trip to Lisbon was in 2024 [2], and the bread takes 500 g of flour [1].', [true, true]],
  ['The bread of 500 g of flour was not baked at Casa Azul in Lisbon [1][2].', [true, true]]
])('founds %j', async (answer, expected) => {
  expect(await supportOf(answer)).toEqual(expected)
})

test.each([
  ['a number that is not there', 'Anna bakes it at 250 °C [1].', [false, null]],
  ['a number word that is not there', 'It rests for four hours [1].', [false, null]],
  ['a name that is not there', 'Bernd met Clara [1].', [false, null]],
  ['the other passage', 'You stayed at Casa Azul in May [1].', [false, null]],
  ['a passage that adds nothing', 'You stayed at Casa Azul in May 2024 [1][2].', [false, true]]
])('does not found what rests on %s', async (_, answer, expected) => {
  expect(await supportOf(answer)).toEqual(expected)
})

test('says what of an answer is unfounded, where another statement of the same passage is not', async () => {
  const { citations } = await checkCitations(
    'Anna bakes it at 230 °C [1]. Clara adds sugar and raisins [1].',
    passages
  )
  expect(citations[0]).toMatchObject({ supported: false, unfounded: ['Clara adds sugar and raisins .'] })
})

test('names the numbers that no passage has, and leaves their statements alone', async () => {
  expect(await checkCitations('Salt [7]. Flour with water [1].', passages)).toMatchObject({
    unknown: [7],
    citations: [
      { number: 1, supported: true },
      { number: 2, supported: null }
    ]
  })
})

test('takes a list of sources at the end for what it is', async () => {
  expect(await supportOf('Sources:\n- [1] Bread › Dough\n- [2] Trips/Lisbon.md')).toEqual([true, true])
})

test('gives other calls their turn between statements', async () => {
  let turns = 0
  let isDone = false
  const takeTurn = (): void => {
    turns += 1
    if (!isDone) setImmediate(takeTurn)
  }
  takeTurn()
  await checkCitations('Flour with water [1]. '.repeat(20), passages)
  isDone = true
  expect(turns).toBeGreaterThan(20)
})
