import { FileCode, FileImage, FileText, FileType, Frame, Globe, NotebookText, Table2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DocumentKind } from '../../../core/contract/knowledge.ts'

const icons: Record<DocumentKind, ReactNode> = {
  markdown: <NotebookText />,
  canvas: <Frame />,
  base: <Table2 />,
  pdf: <FileType />,
  html: <Globe />,
  text: <FileText />,
  code: <FileCode />,
  attachment: <FileImage />
}

export function KindIcon({ kind }: { kind: DocumentKind }) {
  return (
    <span aria-hidden className="shrink-0 text-text-3 [&>svg]:size-[15px]">
      {icons[kind]}
    </span>
  )
}
