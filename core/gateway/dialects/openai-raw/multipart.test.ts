import { describe, expect, test } from 'vitest'
import { findField, withField } from './multipart.ts'

const type = 'multipart/form-data; boundary=sea'
const field = (name: string, value: string, more = '') =>
  `--sea\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
const body = (...parts: string[]) => Buffer.from(`${parts.join('')}--sea--\r\n`, 'latin1')
const file = field('file', '\x00\r\n--se\xff name="model"\r\n\r\n', '; filename="model"')

describe('a field', () => {
  test('is found among files, and is the only thing that changes', () => {
    const source = body(file, field('model', 'up/whisper-1'), field('language', 'en'))
    const place = findField(source, type, 'model')
    expect(place?.value).toBe('up/whisper-1')
    const changed = place && withField(source, place, 'whisper-1')
    expect(changed).toEqual(body(file, field('model', 'whisper-1'), field('language', 'en')))
  })

  test.each([
    ['an unquoted name', '--sea\r\ncontent-disposition: form-data; name=model\r\n\r\nx\r\n'],
    [
      'further headers',
      '--sea\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name="model"\r\n\r\nx\r\n'
    ],
    [
      'text before the first part',
      'preamble\r\n--sea\r\nContent-Disposition: form-data; name="model"\r\n\r\nx\r\n'
    ]
  ])('may have %s', (_, part) => {
    expect(findField(body(part), type, 'model')?.value).toBe('x')
  })

  test('may be empty, or absent', () => {
    const source = body(field('model', ''), field('language', 'en'))
    expect(findField(source, type, 'model')).toMatchObject({ value: '' })
    expect(findField(source, 'multipart/form-data; boundary="sea"', 'prompt')).toBeNull()
  })

  test('is not taken for another whose name ends like it', () => {
    expect(findField(body(field('x', 'y', '; filename="name=model"')), type, 'model')).toBeNull()
  })

  test.each([
    ['twice', body(field('model', 'a'), field('model', 'b'))],
    ['as a file', body(field('model', 'a', '; filename="a.txt"'))]
  ])('that is there %s is refused: readers differ in which one they take', (_, source) => {
    expect(() => findField(source, type, 'model')).toThrow('must be one field')
  })
})

describe('a body that is none', () => {
  test.each([
    ['no boundary', 'multipart/form-data', body(field('model', 'x'))],
    ['another boundary', 'multipart/form-data; boundary=land', body(field('model', 'x'))],
    ['no end', type, Buffer.from(field('model', 'x'))],
    ['no blank line', type, Buffer.from('--sea\r\nContent-Disposition: form-data; name="model"\r\n--sea--')],
    ['endless headers', type, body(`--sea\r\n${'x-a: b\r\n'.repeat(2000)}\r\n\r\n\r\n`)],
    ['too many parts', type, body(field('a', 'b').repeat(65))],
    ['nothing', type, Buffer.alloc(0)]
  ])('for having %s is refused', (_, contentType, source) => {
    expect(() => findField(source, contentType, 'model')).toThrow('not valid multipart')
  })
})
