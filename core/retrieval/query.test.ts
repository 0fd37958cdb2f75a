import { describe, expect, test } from 'vitest'
import { matchOf, parseQuery } from './query.ts'

const now = new Date(2026, 4, 20, 12).getTime()
const day = (year: number, month: number, date: number): number => new Date(year, month - 1, date).getTime()

test('words that say nothing are left out, unless there are no others', () => {
  expect(parseQuery('What did I write about the boiler?', now).words).toEqual(['write', 'boiler'])
  expect(parseQuery('who am I', now).words).toEqual(['who', 'am', 'I'])
})

test('a word in code is not the word it looks like', () => {
  expect(parseQuery('is :has() slow', now).words).toEqual(['has', 'slow'])
})

test('an identifier is looked for as it is and by its words', () => {
  expect(parseQuery('getLastOpenFiles', now).words).toEqual([
    'getLastOpenFiles',
    'get',
    'Last',
    'Open',
    'Files'
  ])
})

test('filters are taken out of the question', () => {
  expect(parseQuery('tag:#food path:"My Notes" kind:pdf bread', now)).toMatchObject({
    text: 'bread',
    tags: ['food'],
    paths: ['My Notes'],
    kind: 'pdf'
  })
})

test('a kind there is not, and a word with a colon, stay words', () => {
  expect(parseQuery('kind:weird note: milk', now)).toMatchObject({
    kind: null,
    text: 'kind:weird note: milk'
  })
})

test('quoted words are looked for together', () => {
  const query = parseQuery('recipe "brown butter" “sour cream”', now)
  expect(query.phrases).toEqual(['brown butter', 'sour cream'])
  expect(matchOf(query, false)).toBe(
    '"brown butter" AND "sour cream" AND ("recipe" OR "brown" OR "butter" OR "sour" OR "cream")'
  )
})

test('quotation marks of the full text cannot be broken out of', () => {
  expect(matchOf(parseQuery('a" OR body:* "', now), false)).toBe('"OR body" AND ("body")')
})

test('the last word of a question that is being typed may go on', () => {
  expect(matchOf(parseQuery('brown but', now, true), true)).toBe('("brown" OR "but"*)')
})

test('a word can be looked for in names alone', () => {
  expect(matchOf(parseQuery('brown butter', now), false, new Set(['butter']))).toBe(
    '("brown" OR {title aliases breadcrumb tags} : "butter")'
  )
})

test('characters of scripts without spaces are words', () => {
  expect(parseQuery('東京タワー', now).words).toEqual(['東', '京', 'タ', 'ワ', 'ー'])
})

describe('dates', () => {
  test.each<[string, number, number]>([
    ['what happened on 2023-05-08', day(2023, 5, 8), day(2023, 5, 9)],
    ['the trip in May 2023', day(2023, 5, 1), day(2023, 6, 1)],
    ['8 May, 2023', day(2023, 5, 8), day(2023, 5, 9)],
    ['December 31st, 2023', day(2023, 12, 31), day(2024, 1, 1)],
    ['plans of 2024', day(2024, 1, 1), day(2025, 1, 1)],
    ['yesterday', day(2026, 5, 19), day(2026, 5, 20)],
    ['this week', day(2026, 5, 18), day(2026, 5, 25)],
    ['last week', day(2026, 5, 11), day(2026, 5, 18)],
    ['last month', day(2026, 4, 1), day(2026, 5, 1)],
    ['last year', day(2025, 1, 1), day(2026, 1, 1)],
    ['the last 3 days', day(2026, 5, 17), day(2026, 5, 21)],
    ['the past 2 weeks', day(2026, 5, 6), day(2026, 5, 21)]
  ])('%s', (text, from, until) => {
    expect(parseQuery(text, now).dates).toMatchObject({ from, until })
  })

  test('say when a note was changed only where the question says so', () => {
    expect(parseQuery('notes I edited last week', now).dates?.isAboutChange).toBe(true)
    expect(parseQuery('who won the race last week', now).dates?.isAboutChange).toBe(false)
  })

  test.each(['may I go', '1234567', 'version 2.0.24', 'march on'])('%s has none', (text) => {
    expect(parseQuery(text, now).dates).toBeNull()
  })
})

describe('parts', () => {
  test.each<[string, string[]]>([
    [
      'Where did Ann live and what did she study abroad?',
      ['Where did Ann live', 'what did she study abroad']
    ],
    ['How old is the boiler? Who repaired the roof?', ['How old is the boiler', 'Who repaired the roof']],
    ['compare oak floors and pine floors', ['oak floors', 'pine floors']],
    ['SQLite vs Postgres', ['SQLite', 'Postgres']],
    ['books by Dr. Seuss on her shelf', []],
    ['bread and butter', []]
  ])('%s', (text, parts) => {
    expect(parseQuery(text, now).parts).toEqual(parts)
  })
})
