import type { HighlightToken } from 'streamdown'

let plugin: Promise<typeof import('@streamdown/code').code> | null = null

/**
 * Colours of a piece of code, line by line; null for a language the highlighter does not know. It is fetched when the
 * first code block appears: most windows of it are never needed.
 */
export async function highlightCode(code: string, language: string): Promise<HighlightToken[][] | null> {
  plugin ??= import('@streamdown/code').then((module) => module.code)
  const highlighter = await plugin
  const known = highlighter.getSupportedLanguages().find((name) => name === language)
  const alias = known ?? aliases[language]
  if (!alias || !highlighter.supportsLanguage(alias)) return null
  return new Promise((resolve) => {
    const ready = highlighter.highlight(
      { code, language: alias, themes: highlighter.getThemes() },
      (result) => resolve(result.tokens)
    )
    if (ready) resolve(ready.tokens)
  })
}

type Language = Parameters<typeof import('@streamdown/code').code.supportsLanguage>[0]
/** Short names models write after the fence. */
const aliases: Record<string, Language> = {
  js: 'javascript',
  ts: 'typescript',
  py: 'python',
  sh: 'shellscript',
  bash: 'shellscript',
  shell: 'shellscript',
  yml: 'yaml',
  md: 'markdown',
  rs: 'rust',
  'c++': 'cpp',
  'c#': 'csharp'
}
