import { describe, expect, it } from 'vitest'
import { codeFrom, createBrowserHost } from './browser-host.ts'

const baseUrl = 'http://127.0.0.1:7678'

function memoryStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key)
  }
}

describe('codeFrom', () => {
  it('finds the code in a whole link, in a fragment and alone', () => {
    expect(codeFrom(' http://127.0.0.1:7678/#code=abc%2Ddef123 ')).toBe('abc-def123')
    expect(codeFrom('#code=abcdefgh')).toBe('abcdefgh')
    expect(codeFrom('abcdefgh')).toBe('abcdefgh')
  })

  it('finds none in a route or in other text', () => {
    expect(codeFrom('#/chat/01890000-0000')).toBeNull()
    expect(codeFrom('please let me in')).toBeNull()
    expect(codeFrom('#code=%E0%A4%A')).toBeNull()
  })
})

describe('createBrowserHost', () => {
  it('exchanges the code once and keeps the session for the tab', async () => {
    const storage = memoryStorage()
    const codes: unknown[] = []
    const fetchFn: typeof fetch = async (_, init) => {
      codes.push(JSON.parse(String(init?.body)))
      return new Response('{"token":"t","expiresAt":1}')
    }
    const host = createBrowserHost({ baseUrl, code: 'c', storage, fetchFn })
    const ready = { state: 'ready', endpoint: { baseUrl, token: 't' } }
    expect(await host.connect()).toEqual(ready)
    expect(await host.connect()).toEqual(ready)
    expect(codes).toEqual([{ code: 'c' }])
    expect(await createBrowserHost({ baseUrl, code: null, storage }).connect()).toEqual(ready)
  })

  it('says why a used code did not work, and does not try it again', async () => {
    let calls = 0
    const fetchFn: typeof fetch = async () => {
      calls++
      return new Response('{}', { status: 401 })
    }
    const host = createBrowserHost({ baseUrl, code: 'c', storage: memoryStorage(), fetchFn })
    expect(await host.connect()).toMatchObject({ state: 'signed-out', message: expect.any(String) })
    expect(await host.connect()).toEqual({ state: 'signed-out', message: null })
    expect(calls).toBe(1)
  })

  it('keeps the code when the daemon could not be reached', async () => {
    let up = false
    const fetchFn: typeof fetch = async () => {
      if (!up) throw new TypeError('Failed to fetch')
      return new Response('{"token":"t","expiresAt":1}')
    }
    const host = createBrowserHost({ baseUrl, code: 'c', storage: memoryStorage(), fetchFn })
    await expect(host.connect()).rejects.toThrow()
    up = true
    expect(await host.connect()).toMatchObject({ state: 'ready' })
  })

  it('forgets a token the daemon refused', async () => {
    const storage = memoryStorage()
    storage.setItem('homeport.session', 'old')
    const host = createBrowserHost({ baseUrl, code: null, storage })
    host.reject('old')
    expect(await host.connect()).toEqual({ state: 'signed-out', message: null })
  })
})
