/** What ids that were made here begin with, after their kind: OpenAI's own are hexadecimal, so never `hp`. */
const mark = 'hp'

/** The kinds of ids, as OpenAI begins them. */
export type IdKind = 'resp' | 'msg' | 'rs' | 'fc' | 'fco' | 'ctc' | 'ctco' | 'ig' | 'item'

export const homeportId = (kind: IdKind, id: string): string => `${kind}_${mark}${id.replaceAll('-', '')}`

/** Whether a response or an item of one was made here; all others are known to an upstream only. */
export function isHomeportId(id: unknown): boolean {
  return typeof id === 'string' && /^[a-z]+_hp/.test(id)
}
