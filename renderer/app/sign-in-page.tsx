import { type FormEvent, useState } from 'react'
import { codeFrom } from '../client/browser-host.ts'
import { browserHost } from '../client/daemon.ts'
import { Button } from '../components/button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { Field, TextInput } from '../components/field.tsx'
import { Logo } from '../components/logo.tsx'

/** A browser without a session: the person gets in with a fresh link. */
export function SignInPage({ message }: { message: string | null }) {
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    const code = codeFrom(text)
    setError(code ? null : 'This is neither a link with a code in it nor a code.')
    if (code) browserHost?.signInWith(code)
  }
  return (
    <main className="grid h-full place-items-center p-6">
      <div className="w-full max-w-[380px]">
        <Logo className="mb-5 size-10" />
        <h1 className="text-xl font-semibold">Open Homeport from your terminal</h1>
        <p className="mt-1.5 text-text-2">
          This page only opens for you. Run this on the same machine; it prints a link that works once.
        </p>
        <div className="mt-4 flex items-center justify-between rounded-md bg-sunk py-2 pr-2 pl-3">
          <code className="font-mono text-s">homeport open</code>
          <CopyButton text="homeport open" label="Copy command" />
        </div>
        <form onSubmit={onSubmit} className="mt-6">
          <Field label="Or paste the link here" error={error ?? message}>
            {(control) => (
              <div className="flex gap-2">
                <TextInput
                  {...control}
                  className="font-mono"
                  value={text}
                  placeholder="http://127.0.0.1:7678/#code=…"
                  onChange={(event) => setText(event.target.value)}
                />
                <Button look="primary" type="submit" disabled={text.trim() === ''}>
                  Open
                </Button>
              </div>
            )}
          </Field>
        </form>
      </div>
    </main>
  )
}
