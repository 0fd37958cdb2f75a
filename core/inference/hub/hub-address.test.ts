import { describe, expect, test } from 'vitest'
import { addressProblem, fileUrl, hubAddress } from './hub-address.ts'

test('is Hugging Face unless a mirror is set', () => {
  expect(hubAddress(null).href).toBe('https://huggingface.co/')
  expect(hubAddress('https://mirror.example/hf/?x#y').href).toBe('https://mirror.example/hf')
  expect(hubAddress('http://127.0.0.1:9000').href).toBe('http://127.0.0.1:9000/')
})

test.each([
  'http://mirror.example',
  'http://192.168.1.2/hf',
  'https://user:secret@mirror.example',
  'https://169.254.169.254'
])('is refused for %s', (mirror) => {
  expect(() => hubAddress(mirror)).toThrow(expect.objectContaining({ code: 'bad-request' }))
  expect(() => hubAddress(mirror)).not.toThrow(/secret/)
})

test('gives a file an address of its own, whatever it is called', () => {
  const file = { repo: 'owner/name', file: 'a b/c#d?e.gguf', revision: 'refs/pr/1' }
  expect(fileUrl(hubAddress(null), file).href).toBe(
    'https://huggingface.co/owner/name/resolve/refs%2Fpr%2F1/a%20b/c%23d%3Fe.gguf'
  )
  expect(fileUrl(hubAddress('https://mirror.example/hf'), file).pathname).toMatch(
    /^\/hf\/owner\/name\/resolve\//
  )
})

describe('a hub cannot send us', () => {
  const problem = (url: string, hub: string) => addressProblem(new URL(url), new URL(hub))

  test.each([
    ['http://cdn.example/x', 'https://huggingface.co'],
    ['http://127.0.0.1/x', 'https://huggingface.co'],
    ['https://127.0.0.1/x', 'https://huggingface.co'],
    ['https://localhost/x', 'https://huggingface.co'],
    ['https://192.168.1.1/x', 'https://huggingface.co'],
    ['https://[::ffff:10.0.0.1]/x', 'https://huggingface.co'],
    ['https://169.254.169.254/latest', 'https://huggingface.co'],
    ['ftp://cdn.example/x', 'https://huggingface.co'],
    ['file:///etc/passwd', 'http://127.0.0.1:1'],
    ['http://cdn.example/x', 'http://127.0.0.1:1']
  ])('to %s from %s', (url, hub) => {
    expect(problem(url, hub)).not.toBeNull()
  })

  test.each([
    ['https://cas-bridge.xethub.hf.co/x', 'https://huggingface.co'],
    ['https://store.corp.internal/x', 'https://artifacts.corp.internal'],
    ['http://127.0.0.1:2/x', 'http://127.0.0.1:1']
  ])('but it can to %s from %s', (url, hub) => {
    expect(problem(url, hub)).toBeNull()
  })
})
