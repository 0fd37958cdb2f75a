import { expect, test } from 'vitest'
import { knowledgeOfHeaders, takeKnowledge } from './knowledge-wish.ts'

const headerOf = (value: string) => ({ 'x-homeport-knowledge': value })
const inBytes = (text: string): string => Buffer.from(text).toString('latin1')

test.each([
  ['vault/Food#recipe, work', ['vault/Food#recipe', 'work']],
  ['*', ['*']],
  ['off', []],
  [' , ', []],
  [inBytes('vault/Küche'), ['vault/Küche']],
  ['vault/Bath%2C kitchen, work', ['vault/Bath%2C kitchen', 'work']],
  ['vault%2FK%C3%BCche%23recipe', ['vault/Küche#recipe']],
  ['vault/100%', ['vault/100%']]
])('reads the header %j', (value, scopes) => {
  expect(knowledgeOfHeaders(headerOf(value))).toEqual(scopes)
})

test('wants nothing where the header is absent', () => {
  expect(knowledgeOfHeaders({})).toBeNull()
})

test('refuses more scopes than can be meant', () => {
  expect(() => knowledgeOfHeaders(headerOf(Array(21).fill('vault').join()))).toThrow(
    expect.objectContaining({ code: 'bad-request', param: 'x-homeport-knowledge' })
  )
})

const taken = (text: string) => {
  const { body, json, knowledge } = takeKnowledge(Buffer.from(text), JSON.parse(text))
  return [body.toString(), json, knowledge]
}

test.each([
  ['{"model":"m","knowledge":"vault, work"}', ['vault', 'work']],
  ['{"model":"m","knowledge":["vault/A, B"]}', ['vault/A, B']],
  ['{"model":"m","knowledge":"off"}', []],
  ['{"model":"m","knowledge":[]}', []],
  ['{"model":"m","knowledge":null}', null]
])('takes the field out of %s', (text, scopes) => {
  expect(taken(text)).toEqual(['{"model":"m"}', { model: 'm' }, scopes])
})

test('leaves a request alone that does not have it', () => {
  expect(taken('{"model":"m"}')).toEqual(['{"model":"m"}', { model: 'm' }, null])
})

test.each(['{"knowledge":7}', '{"knowledge":{"a":1}}', '{"knowledge":[1]}'])('refuses %s', (text) => {
  expect(() => taken(text)).toThrow(expect.objectContaining({ code: 'bad-request', param: 'knowledge' }))
})
