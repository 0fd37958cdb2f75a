import { type FormEvent, useState } from 'react'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { modelHub } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { SecretInput } from '../../components/field.tsx'
import { SettingRow } from '../../components/screen-layout.tsx'

/** The token of the person's account at the hub, for models whose terms they agreed to. It is never shown again. */
export function HubToken({ mirrored }: { mirrored: boolean }) {
  const hasToken = useResource(modelHub).data?.hasToken ?? false
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const set = async (token: string | null): Promise<void> => {
    setBusy(true)
    const failed = await attempt(async () =>
      modelHub.set(await daemon.invoke('PATCH /app/model-hub', { body: { token } }))
    )
    setBusy(false)
    setProblem(failed)
    if (failed === null) setText('')
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() !== '') void set(text.trim())
  }
  return (
    <SettingRow
      label="Hugging Face token"
      hint={
        problem ? (
          <span role="alert" className="text-bad-text">
            {problem}
          </span>
        ) : hasToken ? (
          `Saved in your secrets store. It is sent ${mirrored ? 'to the mirror' : 'to huggingface.co'} only.`
        ) : (
          'For gated models, whose terms you agreed to there. Others need none.'
        )
      }
    >
      {hasToken ? (
        <Button disabled={busy} onClick={() => void set(null)}>
          Remove the token
        </Button>
      ) : (
        <form onSubmit={onSubmit} className="flex gap-2">
          <span className="w-48 max-[860px]:w-36">
            <SecretInput
              aria-label="Hugging Face token"
              placeholder="hf_…"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </span>
          <Button type="submit" disabled={busy || text.trim() === ''}>
            Save
          </Button>
        </form>
      )}
    </SettingRow>
  )
}
