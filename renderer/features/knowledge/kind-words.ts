import type { DocumentKind } from '../../../core/contract/knowledge.ts'

export const kindWords: Record<DocumentKind, string> = {
  markdown: 'Notes',
  canvas: 'Canvases',
  base: 'Bases',
  pdf: 'PDF',
  html: 'Web pages',
  text: 'Text',
  code: 'Code',
  attachment: 'Attachments'
}
