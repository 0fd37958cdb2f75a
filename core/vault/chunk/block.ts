/** A piece of a document's text that is quoted whole, unless it is too long by itself. Positions count characters. */
export interface Block {
  kind: 'heading' | 'paragraph' | 'item' | 'table' | 'code'
  start: number
  end: number
  /** What is searched of it: without markup. Of a heading, its text as it is shown. */
  searched: string
  /** Of a heading, 1 to 6; otherwise 0. */
  level: number
}
