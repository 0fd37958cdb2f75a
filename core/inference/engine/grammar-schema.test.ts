import { describe, expect, test } from 'vitest'
import { toGrammarSchema } from './grammar-schema.ts'

const dropped = (schema: unknown) => toGrammarSchema(schema).dropped
const converted = (schema: unknown) => toGrammarSchema(schema).schema

describe('a JSON schema as a grammar', () => {
  test('keeps what the grammar can enforce', () => {
    const schema = {
      type: 'object',
      properties: {
        city: { type: 'string', maxLength: 40 },
        tags: { type: 'array', items: { enum: ['a', 'b', null] }, minItems: 1 },
        when: { type: 'string', format: 'date' }
      },
      additionalProperties: false
    }
    expect(toGrammarSchema(schema)).toEqual({ schema, dropped: [] })
  })

  test('names the keywords that it cannot enforce, and no annotation', () => {
    const schema = {
      title: 'Reading',
      type: 'object',
      required: ['value'],
      properties: {
        value: { type: 'number', minimum: 0, description: 'degrees' },
        id: { pattern: '^x', type: 'string' }
      }
    }
    expect(dropped(schema)).toEqual(['minimum', 'pattern'])
  })

  test('names limits that are too large for a grammar', () => {
    const schema = { type: 'string', minLength: 1, maxLength: 5000 }
    expect(toGrammarSchema(schema)).toEqual({
      schema: { type: 'string', minLength: 1 },
      dropped: ['maxLength']
    })
  })

  test('writes alternatives in the one way there is', () => {
    const either = { oneOf: [{ type: 'string' }, { type: 'null' }] }
    expect(converted({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toEqual(either)
    expect(converted({ type: ['string', 'null'] })).toEqual(either)
    expect(converted({ allOf: [{ type: 'boolean' }] })).toEqual({ type: 'boolean' })
  })

  test('leaves open what the schema leaves open', () => {
    expect(converted({ type: 'object' })).toMatchObject({ additionalProperties: true })
    expect(converted({})).toMatchObject({
      oneOf: expect.arrayContaining([{ type: 'string' }, { type: 'array' }])
    })
  })

  test('resolves references to its own definitions', () => {
    const schema = {
      $ref: '#/definitions/tree',
      definitions: { tree: { type: 'array', items: { $ref: '#/definitions/tree' } } }
    }
    expect(converted(schema)).toEqual({
      $ref: '#/$defs/tree',
      $defs: { tree: { type: 'array', items: { $ref: '#/$defs/tree' } } }
    })
  })

  test('has no trouble with properties named like those of every object', () => {
    const schema = {
      type: 'object',
      properties: { constructor: { type: 'string' } },
      additionalProperties: false
    }
    expect(JSON.stringify(converted(schema))).toBe(JSON.stringify(schema))
  })

  const deep = (levels: number): unknown =>
    levels === 0 ? { type: 'null' } : { type: 'array', items: deep(levels - 1) }
  test.each<[string, unknown]>([
    ['is no object', 'string'],
    ['is a list', []],
    ['is nested too deeply', deep(1000)],
    ['has too many parts', { oneOf: Array.from({ length: 3000 }, () => ({ type: 'null' })) }],
    ['has an unknown type', { type: 'date' }],
    ['has a negative length', { type: 'string', maxLength: -1 }],
    ['refers to another document', { $ref: 'https://example.org/schema.json' }],
    ['refers to an inherited name', { $ref: '#/$defs/constructor' }],
    ['has no alternatives', { anyOf: [] }],
    ['has a constant object', { const: {} }]
  ])('is refused when it %s', (_, schema) => {
    expect(() => toGrammarSchema(schema)).toThrow(
      expect.objectContaining({ code: 'bad-request', param: 'response_format' })
    )
  })
})
