import { type ExportHeaders, exportHeadersSchema } from '../../../core/contract/telemetry.ts'

/** Headers as a person writes them, one a line: `authorization: Bearer …`. Or what is wrong with them, in words. */
export function parseHeaderLines(text: string): { headers: ExportHeaders } | { problem: string } {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const headers: Record<string, string> = {}
  for (const [index, line] of lines.entries()) {
    const colon = line.indexOf(':')
    // the line itself is a secret: its number has to do
    if (colon < 1)
      return { problem: `Line ${index + 1} is no header: write its name, a colon and its value.` }
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim()
  }
  const parsed = exportHeadersSchema.safeParse(headers)
  if (parsed.success) return { headers: parsed.data }
  const name = String(parsed.error.issues[0]?.path[0] ?? 'These headers')
  return { problem: `${name} cannot be sent as a header.` }
}
