import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../store/store.test-support.ts'
import { knownVaults } from './known-vaults.ts'
import { obsidianUrl } from './open-url.ts'

test('opens a note at its heading, with all that has a meaning in addresses or links taken care of', () => {
  const place = { path: 'Food & Wine/Soup?.md', headings: ['Onion [[soup]]', 'Step #1: chop'], page: null }
  expect(obsidianUrl('/home/ann/My Vault', place)).toBe(
    'obsidian://open?vault=My%20Vault&file=Food%20%26%20Wine%2FSoup%3F%23Onion%20soup%23Step%201%20chop'
  )
})

test('opens a PDF at its page', () => {
  const url = obsidianUrl('/v', { path: 'Paper.pdf', headings: ['Introduction'], page: 3 })
  expect(url).toBe('obsidian://open?vault=v&file=Paper.pdf%23page%3D3')
})

test('knows the vaults that Obsidian has opened and that are still there', async () => {
  const home = temporaryFolder()
  const vault = join(home, 'Notes')
  mkdirSync(vault)
  const list = { vaults: { a1: { path: vault, ts: 1 }, b2: { path: join(home, 'Gone') }, c3: { ts: 2 } } }
  for (const [platform, folder] of [
    ['linux', '.config/obsidian'],
    ['darwin', 'Library/Application Support/obsidian'],
    ['win32', 'AppData/Roaming/obsidian']
  ] as const) {
    const settings = join(home, folder)
    mkdirSync(settings, { recursive: true })
    writeFileSync(join(settings, 'obsidian.json'), JSON.stringify(list))
    expect(await knownVaults({ home, platform, env: {} })).toEqual([{ name: 'Notes', folder: vault }])
  }
  expect(await knownVaults({ home: temporaryFolder(), platform: 'linux', env: {} })).toEqual([])
})
