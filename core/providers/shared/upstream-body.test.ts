import { describe, expect, it } from 'vitest'
import { UpstreamBody } from './upstream-body.ts'

function open() {
  const calls: string[] = []
  const body = new UpstreamBody({
    pause: () => void calls.push('pause'),
    resume: () => void calls.push('resume'),
    abort: (reason) => void calls.push(`abort: ${reason.message}`)
  })
  return { body, calls }
}

const bytes = (text: string) => Buffer.from(text)

describe('a reader', () => {
  it('gets the bytes in their order, whether they came before it asked or after', async () => {
    const { body } = open()
    body.push(bytes('a'))
    body.push(bytes('b'))
    expect(String(await body.next())).toBe('a')
    expect(String(await body.next())).toBe('b')
    const late = body.next()
    body.push(bytes('c'))
    expect(String(await late)).toBe('c')
    const end = body.next()
    body.end()
    expect(await end).toBeNull()
    expect(await body.next()).toBeNull()
  })

  it('gets what arrived before the answer broke off, and then the error', async () => {
    const { body } = open()
    body.push(bytes('a'))
    body.fail(new Error('cut'))
    body.end()
    expect(String(await body.next())).toBe('a')
    await expect(body.next()).rejects.toThrow('cut')
  })

  it('gets all of it in one piece, or nothing of what is too much', async () => {
    const small = open()
    for (const text of ['ab', 'cd']) small.body.push(bytes(text))
    small.body.end()
    expect(String(await small.body.bytes(4))).toBe('abcd')
    const large = open()
    for (const text of ['ab', 'cd']) large.body.push(bytes(text))
    expect(await large.body.bytes(3)).toBeNull()
    expect(large.calls).toEqual(['abort: no longer read'])
  })

  it('that is slow makes the source wait until it has caught up', async () => {
    const { body, calls } = open()
    body.push(Buffer.alloc(40_000))
    expect(calls).toEqual([])
    body.push(Buffer.alloc(40_000))
    expect(calls).toEqual(['pause'])
    await body.next()
    expect(calls).toEqual(['pause'])
    await body.next()
    expect(calls).toEqual(['pause', 'resume'])
  })

  it('that stops closes the connection, and gets nothing of what was left', async () => {
    const { body, calls } = open()
    body.push(bytes('a'))
    body.destroy(new Error('stopped'))
    body.push(bytes('b'))
    await expect(body.next()).rejects.toThrow('stopped')
    expect(calls).toEqual(['abort: stopped'])
  })

  it('that stops after all has arrived leaves the connection alone', () => {
    const { body, calls } = open()
    body.end()
    body.destroy()
    expect(calls).toEqual([])
  })
})

describe('what nobody reads any more', () => {
  it('is taken in, so that the connection can be used again', async () => {
    const { body, calls } = open()
    body.push(Buffer.alloc(70_000))
    body.discard(60_000)
    body.push(Buffer.alloc(70_000))
    body.end()
    expect(calls).toEqual(['pause', 'resume'])
    expect(await body.next()).toBeNull()
  })

  it('is cut off when it does not come to an end', async () => {
    const { body, calls } = open()
    body.discard(1)
    await expect.poll(() => calls).toEqual(['resume', 'abort: no longer read'])
  })
})

describe('a stream of it', () => {
  it('has all bytes', async () => {
    const { body } = open()
    const text = body.stream().setEncoding('utf8').toArray()
    body.push(bytes('one '))
    body.push(bytes('two'))
    body.end()
    expect((await text).join('')).toBe('one two')
  })

  it('fails as it does, and closes the connection when it is destroyed', async () => {
    const cut = open()
    const reading = cut.body.stream().toArray()
    cut.body.fail(new Error('cut'))
    await expect(reading).rejects.toThrow('cut')
    const left = open()
    left.body.stream().destroy()
    await expect.poll(() => left.calls).toEqual(['abort: no longer read'])
  })
})
