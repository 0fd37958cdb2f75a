import { expect, test } from 'vitest'
import { lockProblems } from './lock-check.ts'

const hash = 'sha512-AAAA'
const manifest = { dependencies: { a: '1.0.0' } }
const root = { dependencies: { a: '1.0.0' } }

test('a lockfile in order has no problems', () => {
  const packages = { '': root, 'node_modules/a': { version: '1.0.0', integrity: hash } }
  expect(lockProblems(manifest, { packages })).toEqual([])
})

test('a dependency that the lockfile does not have is named', () => {
  const packages = { '': { dependencies: {} } }
  expect(lockProblems(manifest, { packages })).toEqual([
    'a differs between package.json and package-lock.json'
  ])
})

test('a platform package that is not locked is named; one that is locked anywhere is not', () => {
  const a = { integrity: hash, optionalDependencies: { 'a-darwin-arm64': '1', 'a-win32-x64': '1' } }
  const packages = {
    '': root,
    'node_modules/a': a,
    'node_modules/b/node_modules/a-win32-x64': { integrity: hash }
  }
  expect(lockProblems(manifest, { packages })).toEqual([
    'node_modules/a needs a-darwin-arm64, which is not in package-lock.json'
  ])
})

test.each([
  ['another host', { integrity: hash, resolved: 'https://mirror.example/a.tgz' }, /mirror\.example/],
  ['no encryption', { integrity: hash, resolved: 'http://registry.npmjs.org/a.tgz' }, /registry\.npmjs\.org/],
  ['a repository', { integrity: hash, resolved: 'git+ssh://git@github.com/a/a.git#1' }, /github/],
  ['no hash', {}, /no integrity hash/]
])('a package from %s is named', (_, entry, complaint) => {
  const packages = { '': root, 'node_modules/a': entry }
  expect(lockProblems(manifest, { packages })).toEqual([expect.stringMatching(complaint)])
})
