import type { FromEngine } from '../../contract/engine-frames.ts'
import { HomeportError } from '../../errors/homeport-error.ts'

type ErrorFrame = Extract<FromEngine, { type: 'error' }>

/** What the engine said was wrong with one request. */
export function requestError({ code, message }: ErrorFrame): HomeportError {
  switch (code) {
    case 'bad-request':
      return new HomeportError('bad-request', message)
    case 'context-overflow':
      return new HomeportError('context-overflow', message, { param: 'messages' })
    case 'does-not-fit':
      return new HomeportError('unavailable', message, { param: 'model' })
    case 'load-failed':
      return new HomeportError('model-broken', message, { param: 'model' })
    case 'failed':
      return new HomeportError('engine-failed', message, { retryable: true })
  }
}

export const engineStopped = () =>
  new HomeportError(
    'engine-failed',
    'The on-device engine stopped while answering. It starts again with the next request.',
    { action: 'Try again.', retryable: true }
  )

export const engineNotStarted = (cause: unknown) =>
  new HomeportError('engine-failed', 'The on-device engine could not be started.', {
    action: 'Run “homeport doctor” to see what it needs.',
    retryable: true,
    cause
  })

export const modelQuarantined = () =>
  new HomeportError(
    'model-broken',
    'This model stopped the on-device engine twice in a row and is not tried again.',
    {
      action:
        'Load it or change its settings on the Models screen to give it another chance. A smaller context or model may work.',
      param: 'model'
    }
  )
