/** The value of `--name VALUE`. */
export function argument(name, fallback) {
  const at = process.argv.indexOf(`--${name}`)
  return at > 0 ? process.argv[at + 1] : fallback
}

export const isQuick = process.argv.includes('--quick')
