import { posix } from 'node:path'
import type { Node } from 'oxc-parser'
import type { SourceFile } from './source-files.ts'
import { nodesOf } from './syntax-tree.ts'

/** What a file imports, as it stands there: types, re-exports, `import()`, `require()` and `import('x').T` included. */
export function importsOf(file: SourceFile): string[] {
  return [...nodesOf(file)].flatMap((node) => {
    const source = sourceOf(node)
    return source?.type === 'Literal' && typeof source.value === 'string' ? [source.value] : []
  })
}

/** The part of a node that names another module; null where none does. */
function sourceOf(node: Node): Node | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source
    case 'TSExternalModuleReference':
      return node.expression
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'require' ? node.arguments[0] : null
    default:
      return null
  }
}

/** The repository path that a relative specifier means; null for a package. */
export function targetOf(importer: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(importer), specifier)) : null
}

/** `@base-ui/react/tabs` → `@base-ui/react`; `node:fs` stays. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}
