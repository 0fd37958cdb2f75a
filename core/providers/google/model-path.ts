import { HomeportError } from '../../errors/homeport-error.ts'

/** A model's name as Google's addresses and bodies have it: `models/gemini-2.5-flash`, or `tunedModels/...` as given. */
export const modelPath = (model: string): string =>
  /^(models|tunedModels)\//.test(model) ? model : `models/${model}`

/** The address of one of a model's methods. Throws `bad-request` for a name that would lead elsewhere. */
export function methodUrl(baseUrl: string, model: string, method: string): URL {
  const segments = modelPath(model).split('/')
  if (segments.some((segment) => /^(\.{0,2})$/.test(segment))) {
    throw new HomeportError('bad-request', 'This is not the name of a model.', { param: 'model' })
  }
  return new URL(`${baseUrl}/${segments.map(encodeURIComponent).join('/')}:${method}`)
}
