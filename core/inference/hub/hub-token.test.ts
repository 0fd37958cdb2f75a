import { expect, test } from 'vitest'
import { createHubToken, type TokenStore } from './hub-token.ts'

function memoryStore(): TokenStore & { all: Map<string, string> } {
  const all = new Map<string, string>()
  return {
    all,
    get: async (name) => all.get(name) ?? null,
    set: async (name, value) => void all.set(name, value),
    delete: async (name) => void all.delete(name)
  }
}

test('is kept, replaced and removed', async () => {
  const store = memoryStore()
  const token = createHubToken(store, () => new URL('https://huggingface.co'))
  expect(await token.status()).toEqual({ hasToken: false })
  expect(await token.setToken('hf_one')).toEqual({ hasToken: true })
  expect(await token.read(new URL('https://huggingface.co'))).toBe('hf_one')
  expect(await token.setToken(null)).toEqual({ hasToken: false })
  expect(store.all.size).toBe(0)
})

test('belongs to the hub it was given for: a mirror does not get that of Hugging Face', async () => {
  let hub = new URL('https://huggingface.co')
  const token = createHubToken(memoryStore(), () => hub)
  await token.setToken('hf_one')
  hub = new URL('https://mirror.example')
  expect(await token.status()).toEqual({ hasToken: false })
  expect(await token.read(hub)).toBeNull()
})

test.each(['two words', 'line\r\nx-evil: 1', 'tökén'])(
  'is refused for %j, which no header can hold',
  async (value) => {
    const token = createHubToken(memoryStore(), () => new URL('https://huggingface.co'))
    await expect(token.setToken(value)).rejects.toMatchObject({ code: 'bad-request' })
  }
)
