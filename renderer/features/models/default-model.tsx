import { attempt } from '../../client/app-request-error.ts'
import { groupModels, pickModel } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, models, settings } from '../../client/resources.ts'
import { ModelPicker } from '../../components/model-picker.tsx'
import { showToast } from '../../components/toasts.tsx'

/** The model that new chats and the quick prompt ask. */
export function DefaultModel() {
  const all = useResource(models).data ?? []
  const chosen = useResource(settings).data?.defaultModel ?? null
  if (all.length === 0) return null
  return (
    <>
      <span className="text-s text-text-3">New chats ask</span>
      <ModelPicker
        groups={groupModels(all)}
        value={pickModel(all, chosen)}
        onChange={(defaultModel) =>
          void attempt(() => changeSettings({ defaultModel })).then(
            (problem) => problem && showToast(problem)
          )
        }
      />
    </>
  )
}
