import type { LocalModel } from '../../contract/local-models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'

export const unknownModel = (id: string): HomeportError =>
  new HomeportError('not-found', `There is no on-device model “${id}”.`, { param: 'model' })

export const missing = (name: string): HomeportError =>
  new HomeportError('not-found', `The file of “${name}” is not where it was.`, {
    action: 'Put the file back, or remove the model and add it from its new place.',
    param: 'model'
  })

export const broken = (name: string, problem: string): HomeportError =>
  new HomeportError('model-broken', `“${name}” cannot be used: ${problem}.`, {
    action: 'Get the file again from where it came.',
    param: 'model'
  })

export const badPath = (message: string): HomeportError =>
  new HomeportError('bad-request', message, { param: 'path' })

const ofProgram = (program: string) => ({
  where: `belongs to ${program}`,
  action: `Remove it in ${program}, or turn off other programs' models in Settings.`
})
const places: Record<LocalModel['origin'], { where: string; action: string }> = {
  folder: { where: 'lies in the models folder', action: 'Delete its file, and it is gone from the list.' },
  added: {
    where: 'lies where you keep it',
    action: 'Remove it from the list without its file, or delete the file yourself.'
  },
  watched: {
    where: 'lies in a folder that is looked through',
    action: 'Delete or move its file, or take the folder off the list in Settings.'
  },
  ollama: ofProgram('Ollama'),
  'lm-studio': ofProgram('LM Studio'),
  jan: ofProgram('Jan')
}

/** That a model is not removed, or its file not deleted, because of where it lies. */
export function notOurs(name: string, origin: LocalModel['origin']): HomeportError {
  const { where, action } = places[origin]
  return new HomeportError('conflict', `“${name}” ${where}.`, { action })
}
