import { CopyButton } from '../../components/copy-button.tsx'
import { CodeBlock } from '../../components/markdown/code-block.tsx'
import type { SetupStep } from './connect-tool.ts'

/** One step of a set-up, with what there is to copy. */
export function Step({ step }: { step: SetupStep }) {
  const { title, text, code, fields } = step
  return (
    <section aria-label={title || undefined}>
      {title && <h2 className="font-semibold">{title}</h2>}
      {text && <p className="mt-0.5 max-w-[64ch] text-s text-pretty text-text-2">{text}</p>}
      {code && (
        <div className={title ? 'mt-3' : undefined}>
          <CodeBlock code={code.text} language={code.language} {...titleOf(step)} />
        </div>
      )}
      {fields && (
        <dl className="mt-3 divide-y divide-line rounded-md bg-sunk px-3.5">
          {fields.map(({ label, value }) => (
            <div
              key={label}
              className="grid min-h-10 grid-cols-[minmax(120px,38%)_1fr_auto] items-center gap-3 py-1"
            >
              <dt className="text-s text-text-2">{label}</dt>
              <dd className="min-w-0 font-mono text-s [overflow-wrap:anywhere] select-text">{value}</dd>
              <CopyButton text={value} label={`Copy ${label}`} />
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

/** Where the code belongs; a program's own code goes wherever its author wants. */
function titleOf({ file, code }: SetupStep): { title?: string } {
  if (file !== undefined) return { title: file }
  return code?.language === 'bash' || code?.language === 'powershell' ? { title: 'terminal' } : {}
}
