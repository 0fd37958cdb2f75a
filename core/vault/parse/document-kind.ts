import type { DocumentKind } from '../../contract/knowledge.ts'
import { extensionOf, fileName } from './file-name.ts'

const kinds: Record<Exclude<DocumentKind, 'attachment'>, string> = {
  markdown: 'md markdown mdown mkd mdx',
  canvas: 'canvas',
  base: 'base',
  pdf: 'pdf',
  html: 'html htm xhtml',
  text: 'txt text log csv tsv org rst adoc asciidoc tex bib srt vtt ics opml',
  code: `js mjs cjs jsx ts mts cts tsx py pyi rb rs go java kt kts scala swift c h cc cpp cxx hpp cs fs m mm php pl pm lua r jl
    hs elm ex exs erl clj cljs lisp el sh bash zsh fish ps1 bat cmd sql graphql proto css scss sass less vue svelte json
    jsonc json5 yaml yml toml ini cfg conf xml gradle cmake tf nix dart zig nim vb asm`
}
const kindOfExtension = new Map<string, DocumentKind>()
for (const kind of ['markdown', 'canvas', 'base', 'pdf', 'html', 'text', 'code'] as const)
  for (const extension of kinds[kind].split(/\s+/)) kindOfExtension.set(extension, kind)

const codeNames = new Set(['makefile', 'dockerfile', 'justfile', 'rakefile', 'gemfile', 'procfile'])
const textNames = new Set([
  'readme',
  'license',
  'licence',
  'changelog',
  'todo',
  'notes',
  'authors',
  'copying'
])

/** What a file is read as, by its name. Anything unknown is an attachment: known by name, and never opened. */
export function documentKindOf(path: string): DocumentKind {
  const kind = kindOfExtension.get(extensionOf(path))
  if (kind) return kind
  const name = fileName(path).toLowerCase()
  if (codeNames.has(name)) return 'code'
  return textNames.has(name) ? 'text' : 'attachment'
}
