import type { Source, SourceFile } from '../../../../core/contract/knowledge.ts'
import { noteHref } from '../../../client/knowledge/note-route.ts'
import { formatAgo, formatDateTime } from '../../../components/format/time.ts'
import { formatBytes, formatCount } from '../../../components/format/tokens.ts'
import { type DotTone, StatusDot } from '../../../components/status-dot.tsx'
import { KindIcon } from '../kind-icon.tsx'

const statusWords: Record<SourceFile['status'], { tone: DotTone; label: string }> = {
  indexed: { tone: 'ok', label: 'Indexed' },
  pending: { tone: 'accent', label: 'Waiting' },
  failed: { tone: 'bad', label: 'Not readable' },
  skipped: { tone: 'idle', label: 'Left out' }
}

interface FileTableProps {
  source: Source
  files: readonly SourceFile[]
}

export function FileTable({ source, files }: FileTableProps) {
  const now = Date.now()
  return (
    <table className="w-full table-fixed text-s">
      <thead>
        <tr className="h-8 border-b border-line text-left text-xs text-text-3">
          <th scope="col" className="font-medium">
            File
          </th>
          <th scope="col" className="w-[120px] font-medium">
            Status
          </th>
          <th scope="col" className="w-[76px] text-right font-medium max-[960px]:hidden">
            Passages
          </th>
          <th scope="col" className="w-[84px] text-right font-medium">
            Size
          </th>
          <th scope="col" className="w-[100px] text-right font-medium max-[960px]:hidden">
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <FileRow key={file.path} source={source} file={file} now={now} />
        ))}
      </tbody>
    </table>
  )
}

function FileRow({ source, file, now }: { source: Source; file: SourceFile; now: number }) {
  const { path, kind, status, reason, chunks, bytes, modifiedAt } = file
  const { tone, label } = statusWords[status]
  return (
    <tr className="border-b border-line text-text-2">
      <th scope="row" className="py-2 pr-4 text-left font-normal">
        <span className="flex items-center gap-2.5">
          <KindIcon kind={kind} />
          {status === 'indexed' ? (
            <a
              href={noteHref(source.id, path)}
              title={path}
              className="min-w-0 cursor-default truncate rounded-sm text-text-1 hover:underline"
            >
              {path}
            </a>
          ) : (
            <span className="min-w-0 truncate text-text-1" title={path}>
              {path}
            </span>
          )}
        </span>
        {reason !== null && (
          <span className="block pt-0.5 pl-[25px] text-xs [overflow-wrap:anywhere] text-text-3">
            {reason}
          </span>
        )}
      </th>
      <td>
        <span className="inline-flex items-center gap-2 whitespace-nowrap">
          <StatusDot tone={tone} />
          {label}
        </span>
      </td>
      <td className="text-right max-[960px]:hidden">{chunks === 0 ? '–' : formatCount(chunks)}</td>
      <td className="text-right">{formatBytes(bytes)}</td>
      <td className="text-right max-[960px]:hidden" title={formatDateTime(modifiedAt)}>
        {formatAgo(modifiedAt, now)}
      </td>
    </tr>
  )
}
