import { describe, expect, it } from 'vitest'
import { diffLines, foldEqual } from './line-diff.ts'

const marks = { same: ' ', removed: '-', added: '+' }
const shown = (left: string, right: string) =>
  diffLines(left, right).map(({ kind, text }) => marks[kind] + text)
const letters = (text: string) => text.split('').join('\n')

describe('diffLines', () => {
  it('finds the shortest edit', () => {
    // the example of Myers' paper: five changes
    expect(shown(letters('abcabba'), letters('cbabac'))).toEqual([
      '-a',
      '-b',
      ' c',
      '+b',
      ' a',
      ' b',
      '-b',
      ' a',
      '+c'
    ])
  })

  it.each([
    ['', '', [' ']],
    ['a', 'a', [' a']],
    ['a', 'b', ['-a', '+b']],
    ['a\nb', 'a\nx\nb', [' a', '+x', ' b']],
    ['a\nx\nb', 'a\nb', [' a', '-x', ' b']],
    ['a\na', 'a', [' a', '-a']],
    ['x\na\nb', 'a\nb\ny', ['-x', ' a', ' b', '+y']]
  ])('of %j and %j', (left, right, lines) => {
    expect(shown(left, right)).toEqual(lines)
  })

  it('numbers the lines of both', () => {
    expect(diffLines('a\nb', 'b\nc')).toEqual([
      { kind: 'removed', text: 'a', left: 1 },
      { kind: 'same', text: 'b', left: 2, right: 1 },
      { kind: 'added', text: 'c', right: 2 }
    ])
  })

  it('gives back both texts, whatever they are', () => {
    let seed = 7
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    for (let round = 0; round < 300; round++) {
      const text = () => Array.from({ length: 1 + random(12) }, () => 'abc'[random(3)]).join('\n')
      const [left, right] = [text(), text()]
      const lines = diffLines(left, right)
      expect(lines.flatMap((line) => (line.kind === 'added' ? [] : line.text)).join('\n')).toBe(left)
      expect(lines.flatMap((line) => (line.kind === 'removed' ? [] : line.text)).join('\n')).toBe(right)
      expect(lines.filter(({ kind }) => kind === 'same')).toHaveLength(longestCommon(left, right))
    }
  })

  it('replaces the whole of what has hardly anything in common', () => {
    const text = (letter: string) => Array.from({ length: 800 }, (_, line) => `${letter}${line}`).join('\n')
    const lines = diffLines(`begin\n${text('a')}\nend`, `begin\n${text('b')}\nend`)
    expect(lines).toHaveLength(1602)
    expect(lines.filter(({ kind }) => kind === 'same').map(({ text: line }) => line)).toEqual([
      'begin',
      'end'
    ])
  })
})

/** By the textbook's table: what the diff must not fall short of. */
function longestCommon(left: string, right: string): number {
  const a = left.split('\n')
  const b = right.split('\n')
  let row = new Array<number>(b.length + 1).fill(0)
  for (const line of a) {
    const above = row
    row = [0]
    for (let j = 1; j <= b.length; j++) {
      const equal = line === b[j - 1]
      row.push(equal ? (above[j - 1] ?? 0) + 1 : Math.max(above[j] ?? 0, row[j - 1] ?? 0))
    }
  }
  return row.at(-1) ?? 0
}

describe('foldEqual', () => {
  const fold = (left: string, right: string) =>
    foldEqual(diffLines(left, right), 1).map((line) =>
      line.kind === 'gap' ? `${line.lines.length}…` : marks[line.kind] + line.text
    )

  it('keeps what stands near a change', () => {
    expect(fold(letters('abcdXefghi'), letters('abcdYefghi'))).toEqual(['3…', ' d', '-X', '+Y', ' e', '4…'])
    expect(fold(letters('XabcdefY'), letters('abcdef'))).toEqual(['-X', ' a', '4…', ' f', '-Y'])
  })

  it('folds no single line, and all of two equal texts', () => {
    expect(fold(letters('XabcY'), letters('abc'))).toEqual(['-X', ' a', ' b', ' c', '-Y'])
    expect(fold(letters('abc'), letters('abc'))).toEqual(['3…'])
  })
})
