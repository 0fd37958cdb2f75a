import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { secretsStatusSchema } from '../contract/access.ts'
import { silentLogger } from '../lib/logger.ts'
import { type Keychain, KeychainProblem } from './keychain.ts'
import { openSecrets } from './open-secrets.ts'
import type { Secrets } from './secrets.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const noKeychain = () => Promise.reject(new KeychainProblem('There is none here.'))

function keychainIn(held: Map<string, string>): () => Promise<Keychain> {
  return async () => ({
    get: async (account) => held.get(account) ?? null,
    set: async (account, value) => void held.set(account, value),
    delete: async (account) => void held.delete(account)
  })
}

type Env = Record<string, string>
const open = (dataDir: string, env: Env = {}, keychain = noKeychain as () => Promise<Keychain>): Secrets =>
  openSecrets({ dataDir, env, keychain, logger: silentLogger })

const held = new Map<string, string>()
const backends = [
  { backend: 'key-file', env: {}, keychain: noKeychain },
  { backend: 'passphrase-file', env: { HOMEPORT_PASSPHRASE: 'correct horse' }, keychain: noKeychain },
  { backend: 'keychain', env: {}, keychain: keychainIn(held) }
] as const

describe.each(backends)('$backend', ({ backend, env, keychain }) => {
  test('keeps values over a restart, replaces and deletes them', async () => {
    const dataDir = temporaryFolder()
    const first = open(dataDir, env, keychain)
    expect(await first.get('provider/a')).toBeNull()
    await Promise.all([first.set('provider/a', 'sk-ä-1'), first.set('provider/b', 'sk-b')])
    await first.set('provider/a', 'sk-ä-2')
    expect(await first.get('provider/a')).toBe('sk-ä-2')

    const second = open(dataDir, env, keychain)
    expect(await second.get('provider/a')).toBe('sk-ä-2')
    await second.delete('provider/a')
    await second.delete('provider/never')
    expect(await second.get('provider/a')).toBeNull()

    const third = open(dataDir, env, keychain)
    expect(await third.get('provider/a')).toBeNull()
    expect(await third.get('provider/b')).toBe('sk-b')
  })

  test('says what protects the values', async () => {
    const secrets = open(temporaryFolder(), env, keychain)
    const status = await secrets.status()
    expect(secretsStatusSchema.strict().parse(status).backend).toBe(backend)
    expect(status.keychainProblem === null).toBe(backend === 'keychain')
  })

  test('writes no value in clear, and only files that are private', async () => {
    const dataDir = temporaryFolder()
    await open(dataDir, env, keychain).set('provider/a', 'sk-very-visible')
    const path = join(dataDir, 'secrets.json')
    expect(readFileSync(path, 'utf8')).not.toContain('visible')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('two folders do not see each other', async () => {
    const one = open(temporaryFolder(), env, keychain)
    const other = open(temporaryFolder(), env, keychain)
    await one.set('provider/a', 'of one')
    await other.set('provider/a', 'of the other')
    await other.delete('provider/a')
    expect(await one.get('provider/a')).toBe('of one')
  })
})

describe('when what protected a secret is not there any more', () => {
  test('a lost keychain is an error, never an empty answer or a worse place', async () => {
    const dataDir = temporaryFolder()
    const kept = new Map<string, string>()
    await open(dataDir, {}, keychainIn(kept)).set('provider/a', 'sk-a')

    const later = open(dataDir)
    await expect(later.get('provider/a')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(later.set('provider/b', 'sk-b')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(later.delete('provider/a')).rejects.toMatchObject({ code: 'unavailable' })
    expect((await later.status()).description).toMatch(
      /1 stored before cannot be read now: There is none here/
    )

    const asked = open(dataDir, { HOMEPORT_SECRETS: 'file' })
    await asked.set('provider/b', 'sk-b')
    expect(await asked.get('provider/b')).toBe('sk-b')

    const back = open(dataDir, {}, keychainIn(kept))
    expect(await back.get('provider/a')).toBe('sk-a')
    expect(await back.get('provider/b')).toBe('sk-b')
  })

  test('a value that went from the keychain behind our back is an error', async () => {
    const dataDir = temporaryFolder()
    const kept = new Map<string, string>()
    await open(dataDir, {}, keychainIn(kept)).set('provider/a', 'sk-a')
    kept.clear()
    await expect(open(dataDir, {}, keychainIn(kept)).get('provider/a')).rejects.toThrow(/gone/)
  })

  test.each([
    ['no', {}, /HOMEPORT_PASSPHRASE|none was given|locked/],
    ['a wrong', { HOMEPORT_PASSPHRASE: 'wrong horse' }, /not the one/]
  ])('%s passphrase is an error, and nothing is written past it', async (_, env, message) => {
    const dataDir = temporaryFolder()
    await open(dataDir, { HOMEPORT_PASSPHRASE: 'right horse' }).set('provider/a', 'sk-a')
    const before = readFileSync(join(dataDir, 'secrets.json'), 'utf8')
    const later = open(dataDir, env)
    await expect(later.get('provider/a')).rejects.toThrow(message)
    await expect(later.set('provider/b', 'sk-b')).rejects.toThrow(message)
    expect((await later.status()).description).toMatch(/1 stored before cannot be read now/)
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).toBe(before)
  })

  test('a lost key file is an error and is not replaced by a new one', async () => {
    const dataDir = temporaryFolder()
    await open(dataDir).set('provider/a', 'sk-a')
    rmSync(join(dataDir, 'secrets.key'))
    const later = open(dataDir)
    await expect(later.get('provider/a')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(later.set('provider/b', 'sk-b')).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('a damaged secrets.json is an error and is left as it is', () => {
    const dataDir = temporaryFolder()
    writeFileSync(join(dataDir, 'secrets.json'), '{"format":1,', { mode: 0o600 })
    expect(() => open(dataDir)).toThrow(/damaged/)
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).toBe('{"format":1,')
  })
})

test('a sealed value cannot stand in for another, nor be changed', async () => {
  const dataDir = temporaryFolder()
  const secrets = open(dataDir)
  await secrets.set('provider/a', 'sk-a')
  await secrets.set('provider/b', 'sk-b')
  const path = join(dataDir, 'secrets.json')
  const content = JSON.parse(readFileSync(path, 'utf8'))
  const tampered = Buffer.from(content.secrets['provider/b'].data, 'base64')
  tampered[0] = (tampered[0] ?? 0) ^ 1
  content.secrets['provider/a'] = content.secrets['provider/b']
  content.secrets['provider/b'] = { ...content.secrets['provider/b'], data: tampered.toString('base64') }
  writeFileSync(path, JSON.stringify(content))
  const later = open(dataDir)
  await expect(later.get('provider/a')).rejects.toThrow(/cannot be unlocked/)
  await expect(later.get('provider/b')).rejects.toThrow(/cannot be unlocked/)
})

test('a secret that moves to the keychain leaves no sealed copy behind', async () => {
  const dataDir = temporaryFolder()
  const kept = new Map<string, string>()
  await open(dataDir).set('provider/a', 'sk-old')
  await open(dataDir, {}, keychainIn(kept)).set('provider/a', 'sk-new')
  expect(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).secrets).toEqual({
    'provider/a': { in: 'keychain' }
  })
  expect([...kept.values()]).toEqual(['sk-new'])
})

test('opening asks no keychain; the first use does, once', async () => {
  let asked = 0
  const secrets = open(temporaryFolder(), {}, () => {
    asked += 1
    return noKeychain()
  })
  expect(asked).toBe(0)
  expect(await secrets.get('provider/none')).toBeNull()
  expect(asked).toBe(0)
  await secrets.status()
  await secrets.set('provider/a', 'sk-a')
  expect(asked).toBe(1)
})

test.runIf(process.platform !== 'win32').each(['secrets.json', 'secrets.key'])(
  'refuses to start with a %s that others can read',
  async (name) => {
    const dataDir = temporaryFolder()
    await open(dataDir).set('provider/a', 'sk-a')
    chmodSync(join(dataDir, name), 0o644)
    expect(() => open(dataDir)).toThrow(expect.objectContaining({ code: 'not-allowed' }))
  }
)

test('an unknown HOMEPORT_SECRETS is refused by name', () => {
  expect(() => open(temporaryFolder(), { HOMEPORT_SECRETS: 'none' })).toThrow(/HOMEPORT_SECRETS/)
})
