import { expect, test } from 'vitest'
import { wordMatcher } from './word-matcher.ts'

const found = (words: string[], text: string): string[] =>
  wordMatcher(words)(text).map(({ word, start, end }) => `${words[word]}: ${text.slice(start, end)}`)

test('finds words in any case, without accents, and with other endings', () => {
  expect(found(['painting', 'cafe'], 'She PAINTED a Café; paintings of cafés')).toEqual([
    'painting: PAINTED',
    'cafe: Café',
    'painting: paintings',
    'cafe: cafés'
  ])
})

test('finds a word within an identifier, and not within another word', () => {
  expect(found(['open', 'file'], 'getLastOpenFiles reopen profile')).toEqual(['open: Open', 'file: Files'])
})

test('finds an identifier whole and by its words', () => {
  expect(found(['groupedData', 'grouped', 'Data'], 'this.groupedData, grouped')).toEqual([
    'groupedData: groupedData',
    'grouped: grouped',
    'Data: Data',
    'grouped: grouped'
  ])
  expect(found(['dataset'], 'dataSets')).toEqual(['dataset: dataSets'])
})

test('finds characters of scripts without spaces', () => {
  expect(found(['猫'], '私の猫は寝ている')).toEqual(['猫: 猫'])
})

test('gives places in the text as it is, also where lower case is longer', () => {
  expect(found(['milk'], 'İİİ milk')).toEqual(['milk: milk'])
})

test('finds nothing where there is no word', () => {
  expect(wordMatcher([])('text')).toEqual([])
})

test('a word that is being typed is found where it goes on', () => {
  expect(wordMatcher(['pum'], true)('pumpkin and hum')).toEqual([{ word: 0, start: 0, end: 7 }])
})
