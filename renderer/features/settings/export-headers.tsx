import { useState } from 'react'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { telemetryStatus } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { Field } from '../../components/field.tsx'
import { SettingRow } from '../../components/screen-layout.tsx'
import { parseHeaderLines } from './header-lines.ts'

interface ExportHeadersProps {
  /** Of those that are set; null when they cannot be read, undefined until that is known. */
  names: readonly string[] | null | undefined
}

/** What the collector asks for with every request: credentials, mostly. Values are never shown again. */
export function ExportHeaders({ names }: ExportHeadersProps) {
  const [changing, setChanging] = useState(false)
  return (
    <SettingRow label="Headers" hint={headerWords(names)}>
      <Button onClick={() => setChanging(true)}>{names && names.length > 0 ? 'Replace' : 'Add'}</Button>
      <Dialog open={changing} onClose={() => setChanging(false)} title="Headers for the collector">
        <HeaderForm onDone={() => setChanging(false)} />
      </Dialog>
    </SettingRow>
  )
}

function HeaderForm({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('')
  const parsed = parseHeaderLines(text)
  const save = 'headers' in parsed ? () => saveHeaders(parsed.headers) : null
  return (
    <DialogForm onSave={save} onClose={onDone}>
      {(tried) => (
        <Field
          label="Headers"
          hint="One a line. They take the place of those that are set; none removes them. Kept in your secrets store."
          error={tried && 'problem' in parsed ? parsed.problem : null}
        >
          {(control) => (
            <textarea
              {...control}
              rows={4}
              spellCheck={false}
              autoComplete="off"
              placeholder="authorization: Basic …"
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="control h-auto py-2 font-mono"
            />
          )}
        </Field>
      )}
    </DialogForm>
  )
}

function saveHeaders(headers: Record<string, string>): Promise<string | null> {
  return attempt(async () => {
    telemetryStatus.set(await daemon.invoke('PUT /app/telemetry/export-headers', { body: { headers } }))
  })
}

function headerWords(names: ExportHeadersProps['names']): string {
  if (names === undefined) return ' '
  if (names === null) return 'They cannot be read from your secrets store now.'
  return names.length === 0 ? 'None. Most collectors want a key.' : names.join(', ')
}
