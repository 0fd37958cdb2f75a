/** JSON with indentation; any other text as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** JSON a line, as streams are recorded: each with indentation. Any other text as it is. */
export function prettyJsonLines(text: string): string {
  const whole = prettyJson(text)
  return whole === text && text.startsWith('{') ? text.split('\n').map(prettyJson).join('\n') : whole
}
