import { describe, expect, it } from 'vitest'
import { cleanSchema } from './schema.ts'

describe('cleanSchema', () => {
  it('keeps what Gemini reads', () => {
    const schema = {
      type: 'object',
      title: 'Trip',
      description: 'A trip.',
      properties: {
        days: { type: 'integer', minimum: 1, maximum: 30 },
        when: { type: 'string', format: 'date' },
        note: { type: ['string', 'null'] },
        tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] }, minItems: 1, maxItems: 3 },
        pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] },
        either: { anyOf: [{ type: 'string' }, { type: 'number' }] },
        free: { type: 'object', additionalProperties: { type: 'number' } }
      },
      required: ['days'],
      additionalProperties: false,
      propertyOrdering: ['days', 'when']
    }
    expect(cleanSchema(schema)).toEqual({ schema, dropped: [] })
  })

  it('inlines references, with what stands beside them', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        from: { $ref: '#/$defs/place', description: 'Where it begins.' },
        to: { $ref: '#/properties/from' },
        odd: { $ref: '#/$defs/a~1b%20c' }
      },
      $defs: {
        place: { type: 'object', properties: { city: { $ref: '#/$defs/city' } } },
        city: { type: 'string' },
        'a/b c': { type: 'boolean' }
      }
    }
    const place = {
      type: 'object',
      properties: { city: { type: 'string' } },
      description: 'Where it begins.'
    }
    expect(cleanSchema(schema)).toEqual({
      schema: { type: 'object', properties: { from: place, to: place, odd: { type: 'boolean' } } },
      dropped: []
    })
  })

  it('cuts a reference that leads to itself, and says so', () => {
    const node = { type: 'object', properties: { value: { type: 'string' }, next: { $ref: '#/$defs/node' } } }
    const { schema, dropped } = cleanSchema({ $ref: '#/$defs/node', $defs: { node } })
    expect(schema).toEqual({
      type: 'object',
      properties: { value: { type: 'string' }, next: { type: 'object' } }
    })
    expect(dropped).toEqual(['recursive $ref'])
    expect(cleanSchema({ type: 'object', properties: { self: { $ref: '#' } } })).toEqual({
      schema: {
        type: 'object',
        properties: { self: { type: 'object', properties: { self: { type: 'object' } } } }
      },
      dropped: ['recursive $ref']
    })
  })

  it('says which reference leads nowhere', () => {
    const { schema, dropped } = cleanSchema({ properties: { x: { $ref: '#/$defs/gone', description: 'x' } } })
    expect(schema).toEqual({ properties: { x: { description: 'x' } } })
    expect(dropped).toEqual(['$ref to #/$defs/gone'])
    expect(cleanSchema({ $ref: 'https://example.com/x.json' }).dropped).toHaveLength(1)
    expect(cleanSchema({ $ref: '#/__proto__/toString' }).schema).toEqual({})
  })

  it('writes const as enum and oneOf as anyOf', () => {
    const schema = {
      oneOf: [{ const: 'a' }, { const: 3 }, { const: null }, { enum: ['x', null], type: ['string', 'null'] }]
    }
    expect(cleanSchema(schema)).toEqual({
      schema: {
        anyOf: [{ enum: ['a'] }, { enum: [3] }, { type: 'null' }, { enum: ['x'], type: ['string', 'null'] }]
      },
      dropped: []
    })
    expect(cleanSchema({ type: 'boolean', const: true })).toEqual({
      schema: { type: 'boolean' },
      dropped: ['enum']
    })
  })

  it('merges allOf', () => {
    const schema = {
      allOf: [{ $ref: '#/$defs/base' }, { properties: { b: { type: 'number' } }, required: ['b'] }],
      properties: { c: { type: 'string' } },
      required: ['c'],
      $defs: { base: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] } }
    }
    expect(cleanSchema(schema).schema).toEqual({
      type: 'object',
      properties: { c: { type: 'string' }, a: { type: 'string' }, b: { type: 'number' } },
      required: ['c', 'a', 'b']
    })
  })

  it('names every keyword it leaves out, but those that bind nothing', () => {
    const schema = {
      $id: 'x',
      $comment: 'y',
      type: 'object',
      properties: {
        pattern: {
          type: 'string',
          pattern: '^a',
          minLength: 1,
          format: 'uri',
          default: 'a',
          examples: ['a']
        },
        not: { not: { type: 'string' } }
      },
      patternProperties: { '^x': {} },
      if: {},
      'x-order': 1
    }
    const { schema: cleaned, dropped } = cleanSchema(schema)
    expect(cleaned).toEqual({ type: 'object', properties: { pattern: { type: 'string' }, not: {} } })
    expect(dropped.sort()).toEqual(['format', 'if', 'minLength', 'not', 'pattern', 'patternProperties'])
  })

  it('refuses a schema that unfolds beyond all measure', () => {
    const $defs: Record<string, unknown> = { x0: { type: 'string' } }
    for (let level = 1; level < 40; level++) {
      const ref = { $ref: `#/$defs/x${level - 1}` }
      $defs[`x${level}`] = { type: 'object', properties: { a: ref, b: ref } }
    }
    expect(() => cleanSchema({ $ref: '#/$defs/x39', $defs })).toThrow('unfolds')
    const deep: Record<string, unknown> = {}
    for (let level = 0; level < 5000; level++)
      $defs[`d${level}`] = { items: { $ref: `#/$defs/d${level + 1}` } }
    expect(() => cleanSchema({ ...deep, $ref: '#/$defs/d0', $defs })).toThrow('unfolds')
  })
})
