import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { appKeySchema, createdAppKeySchema, noLimits, sessionSchema } from '../contract/access.ts'
import { migrationsFolder } from '../store/migration-files.ts'
import { openTestStore, temporaryFolder } from '../store/store.test-support.ts'
import type { Store } from '../store/store.ts'
import { type Access, openAccess } from './access.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let folder: string
let store: Store
let access: Access
let now = 1_800_000_000_000

beforeEach(async () => {
  folder = temporaryFolder()
  store = await openTestStore(folder, migrationsFolder)
  access = openAccess({ store, now: () => now })
})

/** As after a restart of the daemon. */
const reopen = (): Access => openAccess({ store, now: () => now })

/** Writes take effect in order, so when this one is done, those before it are. */
const earlierWrites = () => store.write('homeport', [])

describe('app keys', () => {
  test('a new key authenticates at once and after a restart', async () => {
    const { key, secret } = await access.createKey({ name: '  Editor ' })
    expect(key.name).toBe('Editor')
    const principal = { kind: 'app-key', id: key.id, name: 'Editor', limits: noLimits, isPaused: false }
    expect(access.authenticate(secret)).toEqual(principal)
    expect(reopen().authenticate(secret)).toEqual(principal)
  })

  test('secrets are 256 random bits with the prefix hp_, and results have the shapes of the contract', async () => {
    const created = await access.createKey({ name: 'a' })
    const other = await access.createKey({ name: 'a' })
    expect(created.secret).toMatch(/^hp_[\w-]{43}$/)
    expect(other.secret).not.toBe(created.secret)
    expect(created.secret.startsWith(created.key.prefix)).toBe(true)
    expect(created.key.prefix.length).toBeLessThan(10)
    createdAppKeySchema.strict().parse(created)
    for (const key of access.listKeys()) appKeySchema.strict().parse(key)
  })

  test('the secret stands in no file', async () => {
    const { secret } = await access.createKey({ name: 'a' })
    await store.close()
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes(secret)).toBe(false)
  })

  test('a revoked key is refused, now and after a restart, stays listed, and its streams are told', async () => {
    const kept = await access.createKey({ name: 'kept' })
    const revoked = await access.createKey({ name: 'revoked' })
    const told: string[] = []
    access.onRevoked((id) => {
      // by now it is refused already: a stream that asks again must not get in
      expect(access.authenticate(revoked.secret)).toBeNull()
      told.push(id)
    })
    now += MINUTE
    await access.revokeKey(revoked.key.id)
    expect(told).toEqual([revoked.key.id])
    for (const daemon of [access, reopen()]) {
      expect(daemon.authenticate(revoked.secret)).toBeNull()
      expect(daemon.authenticate(kept.secret)).not.toBeNull()
    }
    expect(access.listKeys().map(({ name, revokedAt }) => [name, revokedAt])).toEqual([
      ['revoked', now],
      ['kept', null]
    ])
  })

  test('is refused from the moment of revocation, before the disk has it', async () => {
    const { key, secret } = await access.createKey({ name: 'a' })
    const revoking = access.revokeKey(key.id)
    expect(access.authenticate(secret)).toBeNull()
    await revoking
  })

  test('revoking again keeps the first time, and an unknown key is not found', async () => {
    const { key } = await access.createKey({ name: 'a' })
    await access.revokeKey(key.id)
    const [first] = access.listKeys()
    now += DAY
    await access.revokeKey(key.id)
    expect(access.listKeys()).toEqual([first])
    await expect(access.revokeKey('nobody')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('use is noted at most once a minute', async () => {
    const { secret } = await access.createKey({ name: 'a' })
    const lastUse = async () => {
      await earlierWrites()
      return access.listKeys()[0]?.lastUsedAt
    }
    expect(await lastUse()).toBeNull()
    const first = now
    access.authenticate(secret)
    now += MINUTE - 1
    access.authenticate(secret)
    expect(await lastUse()).toBe(first)
    now += 1
    access.authenticate(secret)
    expect(await lastUse()).toBe(now)
  })

  test('a change of limits counts at once, keeps what it does not name, and lasts', async () => {
    const { key, secret } = await access.createKey({ name: 'a', limits: { requestsPerMinute: 30 } })
    const limitsIn = (daemon: Access) => {
      const principal = daemon.authenticate(secret)
      return principal?.kind === 'app-key' ? principal.limits : null
    }
    expect(limitsIn(access)).toEqual({ requestsPerMinute: 30, tokensPerMinute: null, onDeviceOnly: false })
    const changing = access.updateKey(key.id, { name: 'b', limits: { onDeviceOnly: true } })
    const changed = { requestsPerMinute: 30, tokensPerMinute: null, onDeviceOnly: true }
    expect(limitsIn(access)).toEqual(changed)
    expect(await changing).toMatchObject({ name: 'b', limits: changed })
    await access.updateKey(key.id, { limits: { requestsPerMinute: null, tokensPerMinute: 1000 } })
    const last = { requestsPerMinute: null, tokensPerMinute: 1000, onDeviceOnly: true }
    for (const daemon of [access, reopen()]) {
      expect(limitsIn(daemon)).toEqual(last)
      expect(daemon.listKeys()).toMatchObject([{ name: 'b', limits: last }])
    }
  })

  test('a pause counts at once and lasts until it is taken back, whatever else is changed', async () => {
    const { key, secret } = await access.createKey({ name: 'a' })
    const isPausedIn = (daemon: Access) => {
      const principal = daemon.authenticate(secret)
      return principal?.kind === 'app-key' && principal.isPaused
    }
    const pausedAt = now
    const pausing = access.updateKey(key.id, { paused: true })
    expect(isPausedIn(access)).toBe(true)
    expect(await pausing).toMatchObject({ pausedAt })
    now += MINUTE
    expect(await access.updateKey(key.id, { name: 'b', paused: true })).toMatchObject({ pausedAt })
    expect(isPausedIn(reopen())).toBe(true)
    await access.updateKey(key.id, { paused: false })
    for (const daemon of [access, reopen()]) {
      expect(isPausedIn(daemon)).toBe(false)
      expect(daemon.listKeys()).toMatchObject([{ name: 'b', pausedAt: null }])
    }
  })

  test('limits out of range and changes of a revoked key are refused', async () => {
    const { key } = await access.createKey({ name: 'a' })
    for (const requestsPerMinute of [0, 1.5, -1, 1_000_001]) {
      const refused = { code: 'bad-request', param: 'limits.requestsPerMinute' }
      await expect(access.createKey({ name: 'b', limits: { requestsPerMinute } })).rejects.toMatchObject(
        refused
      )
      await expect(access.updateKey(key.id, { limits: { requestsPerMinute } })).rejects.toMatchObject(refused)
    }
    await access.revokeKey(key.id)
    await expect(access.updateKey(key.id, { name: 'c' })).rejects.toMatchObject({ code: 'not-found' })
    expect(access.listKeys().map(({ name }) => name)).toEqual(['a'])
  })

  test.each(['', '   ', 'x'.repeat(81)])('refuses the name %j', async (name) => {
    await expect(access.createKey({ name })).rejects.toMatchObject({ code: 'bad-request', param: 'name' })
    expect(access.listKeys()).toEqual([])
  })
})

test('anything that is no credential gets the same nothing', async () => {
  const { key, secret } = await access.createKey({ name: 'a' })
  const wrong = [
    '',
    'hp_',
    secret.slice(0, -1),
    `${secret}x`,
    secret.toUpperCase(),
    `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
    key.id,
    key.prefix,
    access.mintCode().code,
    '__proto__',
    'constructor',
    '\u0000',
    'x'.repeat(100_000)
  ]
  expect(wrong.map((token) => access.authenticate(token))).toEqual(wrong.map(() => null))
})

test('the control token lives as long as the daemon', () => {
  expect(access.authenticate(access.controlToken)).toEqual({ kind: 'control' })
  const restarted = reopen()
  expect(restarted.controlToken).not.toBe(access.controlToken)
  expect(restarted.authenticate(access.controlToken)).toBeNull()
})

describe('sessions', () => {
  test('last while they are used, thirty days from the last use, and no longer than the daemon', () => {
    const session = access.createSession()
    sessionSchema.strict().parse(session)
    expect(session.expiresAt).toBe(now + 30 * DAY)
    now += 30 * DAY - 1
    expect(access.authenticate(session.token)).toEqual({ kind: 'session' })
    now += 30 * DAY - 1
    expect(access.authenticate(session.token)).toEqual({ kind: 'session' })
    expect(reopen().authenticate(session.token)).toBeNull()
    now += 30 * DAY
    expect(access.authenticate(session.token)).toBeNull()
  })

  test('a code gives one session, once', () => {
    const { code, expiresAt } = access.mintCode()
    expect(expiresAt).toBe(now + 10 * MINUTE)
    const session = access.redeemCode(code)
    expect(access.authenticate(session?.token ?? '')).toEqual({ kind: 'session' })
    expect(access.redeemCode(code)).toBeNull()
  })

  test('a code ends after ten minutes, and wrong ones use up nothing', () => {
    const used = access.mintCode()
    const late = access.mintCode()
    for (const wrong of ['', 'x', `${used.code}x`, access.controlToken])
      expect(access.redeemCode(wrong)).toBeNull()
    now += 10 * MINUTE - 1
    expect(access.redeemCode(used.code)).not.toBeNull()
    now += 1
    expect(access.redeemCode(late.code)).toBeNull()
  })
})
