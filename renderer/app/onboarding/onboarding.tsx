import { ArrowLeft, ChevronRight, Cpu, FileBox, KeyRound, Server } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { ProviderKind } from '../../../core/contract/models.ts'
import { attempt } from '../../client/app-request-error.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, discoveredServers, info, models } from '../../client/resources.ts'
import { navigate } from '../../client/route.ts'
import { Button } from '../../components/button.tsx'
import { Logo } from '../../components/logo.tsx'
import { showToast } from '../../components/toasts.tsx'
import { KindPicker } from '../../features/models/kind-picker.tsx'
import { AddLocalModel } from '../../features/models/on-device/add-local-model.tsx'
import { ProviderForm } from '../../features/models/provider-form.tsx'
import { isCustom, kindName } from '../../features/models/provider-kinds.ts'
import { FirstLocalModel } from './first-local-model.tsx'
import { FoundServers } from './found-servers.tsx'

type Way = 'local' | 'key' | 'server' | 'file'

/** Ends the first run, with whatever model there is now. */
async function finish(): Promise<void> {
  await models.refresh()
  const problem = await attempt(() => changeSettings({ onboardingDone: true }))
  if (problem) showToast(problem)
}

/** The first run: one model, by any of four ways, and then straight to a first question. */
export function Onboarding() {
  const [way, setWay] = useState<Way | null>(null)
  const [kind, setKind] = useState<ProviderKind | null>(null)
  // the first chat is next; the shell may show before `finish` is through, and its first click must not be taken back
  useEffect(() => navigate('chat'), [])
  const back = (): void => (kind ? setKind(null) : setWay(null))
  const done = (): void => void finish()
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-[520px] flex-col justify-center px-6 py-12">
        {way === null ? (
          <Ways onChoose={setWay} />
        ) : (
          <>
            <div className="mb-5 flex items-center gap-2">
              <Button look="quiet" className="-ml-3" icon={<ArrowLeft />} onClick={back}>
                Back
              </Button>
            </div>
            {way === 'local' && (
              <Step title="A model on this machine">
                <FirstLocalModel onLeave={done} />
              </Step>
            )}
            {way === 'key' && !kind && (
              <Step title="Whose key do you have?">
                <KindPicker only="cloud" onChoose={setKind} />
              </Step>
            )}
            {way === 'key' && kind && (
              <Step title={isCustom(kind) ? 'Your own endpoint' : `Connect ${kindName(kind)}`}>
                <ProviderForm key={kind.kind} kind={kind} onSaved={done} />
              </Step>
            )}
            {way === 'server' && (
              <Step title="Servers on this machine">
                <FoundServers onAdded={done} />
              </Step>
            )}
            {way === 'file' && (
              <Step title="A model file of your own">
                <ModelFile onAdded={done} />
              </Step>
            )}
          </>
        )}
      </div>
    </main>
  )
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h1 className="mb-5 text-xl font-semibold">{title}</h1>
      {children}
    </section>
  )
}

function Ways({ onChoose }: { onChoose: (way: Way) => void }) {
  const found = useResource(discoveredServers).data
  return (
    <>
      <Logo className="mb-5 size-12" />
      <h1 className="text-xxl font-semibold tracking-[-0.01em]">Welcome to Homeport</h1>
      <p className="mt-1.5 text-l text-text-2">
        Your private place between you and every model you use. Choose where your first answer comes from.
      </p>
      <div className="mt-7 flex flex-col gap-2.5">
        <WayButton
          icon={<Cpu />}
          title="A model on this machine"
          text="Free, private and offline. One click downloads the best that runs well here."
          onClick={() => onChoose('local')}
        />
        <WayButton
          icon={<KeyRound />}
          title="A key from a provider"
          text="OpenAI, Anthropic, Google, OpenRouter and others. It is tested at once and stays in your secrets store."
          onClick={() => onChoose('key')}
        />
        <WayButton
          icon={<Server />}
          title="A server on this machine"
          text={
            found === null
              ? 'Looking for Ollama, LM Studio and llama.cpp server…'
              : found.length > 0
                ? `Found: ${found.map((server) => server.name).join(', ')}.`
                : 'Ollama, LM Studio or llama.cpp server. None is answering now.'
          }
          found={found !== null && found.length > 0}
          onClick={() => onChoose('server')}
        />
        <WayButton
          icon={<FileBox />}
          title="A GGUF file"
          text="One you have already. It stays where it is."
          onClick={() => onChoose('file')}
        />
      </div>
      <div className="mt-6 flex items-center justify-between">
        <p className="text-s text-text-3">Nothing leaves this machine until you ask a model elsewhere.</p>
        <Button look="quiet" onClick={() => void finish()}>
          Skip for now
        </Button>
      </div>
    </>
  )
}

interface WayButtonProps {
  icon: ReactNode
  title: string
  text: string
  found?: boolean
  onClick: () => void
}

function WayButton({ icon, title, text, found = false, onClick }: WayButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="group flex items-center gap-4 rounded-lg border border-line bg-surface-2 py-3.5 pr-4 pl-4 text-left transition-colors hover:border-line-strong hover:bg-hover"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-md bg-accent-soft text-accent-text [&>svg]:size-[18px]">
        {icon}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        <span className={found ? 'block text-s text-ok-text' : 'block text-s text-text-2'}>{text}</span>
      </span>
      <ChevronRight className="size-4 shrink-0 text-text-3" aria-hidden />
    </button>
  )
}

function ModelFile({ onAdded }: { onAdded: () => void }) {
  const modelsDir = useResource(info).data?.modelsDir
  return (
    <>
      <AddLocalModel onAdded={onAdded} />
      {modelsDir && (
        <p className="mt-4 text-s text-text-3">
          Files in{' '}
          <span className="font-mono text-xs [overflow-wrap:anywhere] select-text text-text-2">
            {modelsDir}
          </span>{' '}
          are found by themselves.
        </p>
      )}
    </>
  )
}
