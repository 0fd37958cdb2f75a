/**
 * The URL of another entry file, given as its source path relative to the caller. Straight from TypeScript it is that
 * file; in the build all entries and chunks lie flat in one folder as `<name>.mjs`.
 */
export function entryUrl(callerUrl: string, sourcePath: string): URL {
  if (callerUrl.endsWith('.ts')) return new URL(sourcePath, callerUrl)
  const name = sourcePath.slice(sourcePath.lastIndexOf('/') + 1).replace(/\.ts$/, '.mjs')
  return new URL(`./${name}`, callerUrl)
}
