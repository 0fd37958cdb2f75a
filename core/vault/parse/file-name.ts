/** The file's name without its folder. */
export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The file's name without its folder and its extension. */
export function baseName(path: string): string {
  const name = fileName(path)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}

/** In lower case, without the dot; empty where there is none. */
export function extensionOf(path: string): string {
  const name = fileName(path)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}
