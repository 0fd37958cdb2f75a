import { attempt } from '../../client/app-request-error.ts'
import { pickChoice } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, settings } from '../../client/resources.ts'
import { useChoices } from '../../client/use-choices.ts'
import { ModelPicker } from '../../components/model-picker.tsx'
import { showToast } from '../../components/toasts.tsx'

/** The model or alias that new chats and the quick prompt ask. */
export function DefaultModel() {
  const choices = useChoices()
  const chosen = useResource(settings).data?.defaultModel ?? null
  if (choices === null || choices.length === 0) return null
  return (
    <>
      <span className="text-s text-text-3">New chats ask</span>
      <ModelPicker
        groups={choices}
        value={pickChoice(choices, chosen)}
        onChange={(defaultModel) =>
          void attempt(() => changeSettings({ defaultModel })).then(
            (problem) => problem && showToast(problem)
          )
        }
      />
    </>
  )
}
