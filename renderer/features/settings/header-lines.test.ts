import { describe, expect, it } from 'vitest'
import { parseHeaderLines } from './header-lines.ts'

describe('headers, one a line', () => {
  it('are read with their values whole, and empty lines left out', () => {
    expect(parseHeaderLines('Authorization: Basic a:b==\n\n x-project :  harbour ')).toEqual({
      headers: { authorization: 'Basic a:b==', 'x-project': 'harbour' }
    })
  })

  it('may be none', () => {
    expect(parseHeaderLines(' \n')).toEqual({ headers: {} })
  })

  it('are refused by the number of their line, never with what may be a secret', () => {
    expect(parseHeaderLines('a: b\nsk-secret')).toEqual({
      problem: 'Line 2 is no header: write its name, a colon and its value.'
    })
  })

  it('are refused by name where Homeport sets them itself, or nothing can', () => {
    expect(parseHeaderLines('host: evil')).toEqual({ problem: 'host cannot be sent as a header.' })
    expect(parseHeaderLines('x-empty:')).toEqual({ problem: 'x-empty cannot be sent as a header.' })
  })
})
