import { expect, test } from 'vitest'
import { longestFile, longestTest, topLevelEntries } from './rules.ts'
import { codeFiles, isTest, repositoryFiles } from './source-files.ts'

test('nothing unknown stands at the top of the repository', () => {
  const entries = new Set(repositoryFiles().map((path) => path.split('/', 1)[0] ?? ''))
  expect([...entries].filter((entry) => !topLevelEntries.includes(entry))).toEqual([])
})

test('no file re-exports a folder', () => {
  const barrels = codeFiles().filter(({ path }) => /(^|\/)index\.(ts|tsx|mjs)$/.test(path))
  expect(barrels.map(({ path }) => path)).toEqual([])
})

test(`no file is longer than ${longestFile} lines, no test than ${longestTest}`, () => {
  const long = codeFiles()
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ path, lines }) => lines > (isTest(path) ? longestTest : longestFile))
    .map(({ path, lines }) => `${path}: ${lines} lines`)
  expect(long, long.join('\n')).toEqual([])
})

test('every folder that is compiled apart has its own compiler options', () => {
  const configs = repositoryFiles().filter((path) => /^[^/]+\/tsconfig\.json$/.test(path))
  expect(configs.toSorted()).toEqual(
    ['core', 'main', 'preload', 'renderer', 'test'].map((folder) => `${folder}/tsconfig.json`)
  )
})
