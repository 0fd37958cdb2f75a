import { useState } from 'react'
import type { Source, UpdateSource } from '../../../../core/contract/knowledge.ts'
import { Button } from '../../../components/button.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Rows, Section, SettingRow } from '../../../components/screen-layout.tsx'
import { Switch } from '../../../components/switch.tsx'
import { EmbedderSetting } from './embedder-setting.tsx'
import { changeSource, setPaused } from './source-actions.ts'

/** What can be changed about a source. */
export function SourceSettings({ source }: { source: Source }) {
  const { id, name, paused } = source
  return (
    <Section title="Settings">
      <Rows>
        <SettingRow
          label="Keep the index up to date"
          hint="Off: what is indexed is still found; changes are not."
        >
          <Switch
            label="Keep the index up to date"
            checked={!paused}
            onChange={(on) => void setPaused(id, !on)}
          />
        </SettingRow>
        <EmbedderSetting source={source} />
      </Rows>
      <div className="mt-5 flex flex-col gap-5">
        <TextSetting
          label="Name"
          saved={name}
          toChange={(text) => (text.trim() === '' ? null : { name: text.trim() })}
          id={id}
        />
        <TextSetting
          label="Leave out"
          hint="One pattern a line, as in a .gitignore. What Obsidian leaves out, hidden folders and links that lead out of the folder are left out anyway."
          saved={source.excludes.join('\n')}
          toChange={(text) => ({ excludes: linesOf(text) })}
          id={id}
          lines
        />
      </div>
    </Section>
  )
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

interface TextSettingProps {
  id: string
  label: string
  hint?: string
  saved: string
  /** What is changed by this text; null: it cannot be saved. */
  toChange: (text: string) => UpdateSource | null
  lines?: boolean
}

/** A text with a button that appears once it differs from what is saved. */
function TextSetting({ id, label, hint, saved, toChange, lines = false }: TextSettingProps) {
  const [text, setText] = useState(saved)
  const [error, setError] = useState<string | null>(null)
  const change = toChange(text)
  const save = async (): Promise<void> => {
    if (change !== null && text !== saved) setError(await changeSource(id, change))
  }
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <>
          <div className="flex items-start gap-2">
            {lines ? (
              <textarea
                {...control}
                rows={3}
                spellCheck={false}
                value={text}
                onChange={(event) => setText(event.target.value)}
                className="control h-auto! py-1.5 font-mono leading-5"
              />
            ) : (
              <TextInput
                {...control}
                maxLength={80}
                value={text}
                onChange={(event) => setText(event.target.value)}
                onKeyDown={(event) => event.key === 'Enter' && void save()}
              />
            )}
            {text !== saved && (
              <Button disabled={change === null} onClick={() => void save()}>
                Save
              </Button>
            )}
          </div>
          {error && <Notice tone="bad">{error}</Notice>}
        </>
      )}
    </Field>
  )
}
