import { Logo } from '../../components/logo.tsx'
import { shortcutText } from '../../components/platform.ts'

/** Before the first question. */
export function EmptyChat({ hasModels }: { hasModels: boolean }) {
  return (
    <div className="grid flex-1 place-items-center p-8">
      <div className="flex flex-col items-center text-center">
        <Logo className="mb-4 size-10" />
        <h2 className="text-xl font-semibold">What is on your mind?</h2>
        <p className="mt-1 max-w-[26rem] text-balance text-text-2">
          {hasModels
            ? `Chats stay on this machine. ${shortcutText('K')} finds any of them, switches the model, or goes anywhere.`
            : 'Connect a provider, or add a model file of your own, and ask your first question here.'}
        </p>
      </div>
    </div>
  )
}
