import { expect, test } from 'vitest'
import { citedStatements } from './cited-statements.ts'

test.each<[string, [string, number[]][]]>([
  ['Bread needs salt [1].', [['Bread needs salt .', [1]]]],
  [
    'Bread needs salt. [1] Water too [2][3].',
    [
      ['Bread needs salt.', [1]],
      ['Water too .', [2, 3]]
    ]
  ],
  ['[2] says that bread needs salt.', [['says that bread needs salt.', [2]]]],
  ['Salt and time [1, 3; 5-7].', [['Salt and time .', [1, 3, 5, 6, 7]]]],
  ['Salt【4†source】 matters.', [['Salt matters.', [4]]]],
  [
    '- Flour [1]\n- Salt\n2. Time[2]',
    [
      ['Flour', [1]],
      ['Time', [2]]
    ]
  ],
  ['Bread needs salt.\n[1]', [['Bread needs salt.', [1]]]],
  ['Salt [1] and again [1].', [['Salt and again .', [1]]]],
  ['See [1](https://example.com) and `list[0]`.\n```\nx = a[1]\n```', []],
  ['Nothing is named here.', []]
])('finds what is said with which marks in %j', (answer, expected) => {
  expect(citedStatements(answer).map(({ text, numbers }) => [text, numbers])).toEqual(expected)
})
