import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './source-files.ts'

/**
 * The repository paths a document names: in `code`, and in code blocks, where a line that is indented below a folder
 * stands inside it. `<name>` ends what is checked of a path.
 */
function pathsNamedIn(markdown: string): Set<string> {
  const named = new Set<string>()
  const blocks = markdown.split(/^```.*$/m)
  blocks.forEach((text, index) => {
    const spans = index % 2 === 1 ? [text] : [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '')
    for (const span of spans) for (const path of fullPaths(span)) named.add(path)
    if (index % 2 === 1) for (const path of treePaths(text)) named.add(path)
  })
  return named
}

const fullPaths = (text: string): string[] =>
  [...text.matchAll(/(?<![\w./@-])((?:core|main|preload|renderer|resources|test|docs|\.ci)\/[\w./-]*)/g)].map(
    (match) => match[1]?.replace(/\.$/, '') ?? ''
  )

/** Lines such as `core/     what it is` with `  store/    what that is` below it. */
function treePaths(block: string): string[] {
  const paths: string[] = []
  let parent: string | null = null
  for (const line of block.split('\n')) {
    const entry = /^( *)([\w.-]+\/|[\w.-]+\.(?:ts|mjs|md|json))(?:\s{2,}|$)/.exec(line)
    const name = entry?.[2]
    if (name === undefined) continue
    if (entry?.[1] === '') parent = name.endsWith('/') ? name : null
    else if (parent !== null) paths.push(parent + name)
  }
  return paths
}

test.each([
  'docs/architecture.md',
  'README.md',
  'CONTRIBUTING.md',
  'docs/headless.md',
  'docs/gateway.md',
  'docs/routing.md',
  'docs/models.md',
  'docs/on-device.md',
  'docs/prices.md',
  'docs/alerts.md',
  'docs/costs.md',
  'docs/budgets.md',
  'docs/activity.md',
  'docs/telemetry.md',
  'docs/knowledge.md',
  'docs/retrieval.md',
  'docs/mcp.md',
  'docs/keys.md',
  'docs/dependencies.md'
])('%s names only paths that exist', (document) => {
  const missing = [...pathsNamedIn(readFileSync(join(root, document), 'utf8'))].filter(
    (path) => !existsSync(join(root, path))
  )
  expect(missing).toEqual([])
})

test('the map in docs/architecture.md is read', () => {
  const named = pathsNamedIn(readFileSync(join(root, 'docs/architecture.md'), 'utf8'))
  expect(named).toContain('core/daemon.ts')
  expect(named).toContain('core/store/')
  expect(named.size).toBeGreaterThan(20)
})

test('paths are found in code, in blocks and in trees', () => {
  const markdown =
    'See `core/a.ts`.\n\n```\ncore/    all\n  store/   data\n  x.ts    one\nrenderer/features/<screen>/ z\n```\n'
  expect([...pathsNamedIn(markdown)].toSorted()).toEqual([
    'core/',
    'core/a.ts',
    'core/store/',
    'core/x.ts',
    'renderer/features/'
  ])
})

test('every dependency is explained in docs/dependencies.md, and nothing else is', () => {
  const manifest: { [group: string]: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8')
  )
  const groups = ['dependencies', 'optionalDependencies', 'devDependencies']
  const declared = groups.flatMap((group) => Object.keys(manifest[group] ?? {}))
  const text = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
  const explained = [...text.matchAll(/^\| `([^`]+)`(?:, `([^`]+)`)*/gm)].flatMap((match) =>
    [...match[0].matchAll(/`([^`]+)`/g)].map((name) => name[1] ?? '')
  )
  expect(explained.toSorted()).toEqual(declared.toSorted())
})
