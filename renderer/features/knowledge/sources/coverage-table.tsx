import type { SourceReport } from '../../../../core/contract/knowledge.ts'
import { formatBytes, formatCount } from '../../../components/format/tokens.ts'
import { Section } from '../../../components/screen-layout.tsx'
import { KindIcon } from '../kind-icon.tsx'
import { kindWords } from '../kind-words.ts'

/** What kinds of files a source holds, and how much of each is searched. */
export function CoverageTable({ data }: { data: Pick<SourceReport, 'byKind' | 'withoutText'> }) {
  const most = Math.max(1, ...data.byKind.map(({ chunks }) => chunks))
  const { withoutText } = data
  return (
    <Section
      title="What is covered"
      {...(withoutText > 0 && {
        lead: `${withoutText === 1 ? '1 file has' : `${formatCount(withoutText)} files have`} no text of their own and are found by name.`
      })}
    >
      <table className="w-full text-s">
        <thead>
          <tr className="h-8 border-b border-line text-right text-xs text-text-3">
            <th scope="col" className="text-left font-medium">
              Kind
            </th>
            <th scope="col" className="w-20 font-medium">
              Files
            </th>
            <th scope="col" className="w-24 font-medium">
              Passages
            </th>
            <td className="w-40 max-[960px]:hidden" />
            <th scope="col" className="w-24 font-medium">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {data.byKind.map(({ kind, documents, chunks, bytes }) => (
            <tr key={kind} className="h-9 border-b border-line text-right text-text-2">
              <th scope="row" className="text-left font-normal text-text-1">
                <span className="flex items-center gap-2.5">
                  <KindIcon kind={kind} />
                  {kindWords[kind]}
                </span>
              </th>
              <td>{formatCount(documents)}</td>
              <td>{chunks === 0 ? '–' : formatCount(chunks)}</td>
              <td aria-hidden className="pl-4 max-[960px]:hidden">
                <div
                  className="h-1.5 rounded-full bg-data-1"
                  style={{ width: `${(chunks / most) * 100}%` }}
                />
              </td>
              <td>{formatBytes(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
