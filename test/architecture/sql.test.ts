import type { Node } from 'oxc-parser'
import { expect, test } from 'vitest'
import { codeFiles, isTest, type SourceFile } from './source-files.ts'
import { nodesOf } from './syntax-tree.ts'

const statement =
  /\b(SELECT\s[\s\S]+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+(UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW|VIRTUAL)|PRAGMA\s+\w)/

/** Repositories own the statements; the store opens, migrates and checks the files. */
const mayHoldSql = (path: string): boolean =>
  path.endsWith('-repository.ts') || path.startsWith('core/store/') || isTest(path)

/** The text of a string or template, with `x` for whatever is pasted in; null for any other node. */
function textOf(node: Node): string | null {
  if (node.type === 'TemplateLiteral') return node.quasis.map((part) => part.value.raw).join('x')
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}

const isStatement = (node: Node): boolean => statement.test(textOf(node) ?? '')

const excerpt = ({ path, text }: SourceFile, { start, end }: Node): string =>
  `${path}: ${text.slice(start, end).trim().slice(0, 60)}`

const sqlIn = (file: SourceFile): string[] =>
  [...nodesOf(file)].filter(isStatement).map((node) => excerpt(file, node))

/** Statements with a value pasted in, where it must be bound. Names alone (a constant's) are no values. */
const pastedInto = (file: SourceFile): string[] =>
  [...nodesOf(file)].filter(pastesValues).map((node) => excerpt(file, node))

function pastesValues(node: Node): boolean {
  if (node.type === 'TemplateLiteral') return isStatement(node) && !node.expressions.every(isConstant)
  return (
    node.type === 'BinaryExpression' && node.operator === '+' && [node.left, node.right].some(isStatement)
  )
}

function isConstant(node: Node): boolean {
  if (node.type === 'BinaryExpression') return isConstant(node.left) && isConstant(node.right)
  return node.type === 'Identifier' || node.type === 'Literal'
}

test('SQL stands only in repositories and the store', () => {
  expect(
    codeFiles()
      .filter(({ path }) => !mayHoldSql(path))
      .flatMap(sqlIn)
  ).toEqual([])
})

test('repositories bind their parameters', () => {
  expect(
    codeFiles()
      .filter(({ path }) => path.endsWith('-repository.ts'))
      .flatMap(pastedInto)
  ).toEqual([])
})

test.each([
  ['const q = "SELECT id FROM chats"', 1],
  ['const q = `\n  INSERT OR REPLACE INTO t (a) VALUES (?)`', 1],
  ["db.exec('PRAGMA journal_mode = WAL')", 1],
  ["const q = 'UPDATE chats SET title = ?'", 1],
  ["const help = 'Select a model from the list'", 0],
  ["const help = 'Delete from disk'", 0]
])('`%s` holds %i statements', (text, count) => {
  expect(sqlIn({ path: 'core/chats/chats.ts', text })).toHaveLength(count)
})

/** Spelt apart, or it would be one here. */
const hole = ['$', '{'].join('')
test.each([
  [`const q = \`DELETE FROM t WHERE id = ${hole}input.id}\``, 1],
  ["const q = 'DELETE FROM t WHERE id = ' + id", 1],
  [`const columns = 'a, b'; const q = \`SELECT ${hole}columns} FROM t WHERE id = ?\``, 0]
])('`%s` pastes into %i statements', (text, count) => {
  expect(pastedInto({ path: 'core/chats/chat-repository.ts', text })).toHaveLength(count)
})
